import type { AssetKind } from '@aura/database';

export interface MediaKind {
  kind: AssetKind;
  mediaType: string;
}

/** So many bytes of a file tell what it is. */
export const HEAD_BYTES = 4_096;

const DOCUMENT = (mediaType: string): MediaKind => ({ kind: 'document', mediaType });
const PICTURE = (mediaType: string): MediaKind => ({ kind: 'picture', mediaType });
const CLIP = (mediaType: string): MediaKind => ({ kind: 'clip', mediaType });
const SOUND = (mediaType: string): MediaKind => ({ kind: 'sound', mediaType });

/**
 * What a file is by its first bytes, whatever its name and its sender say; 'text' where only the whole of it can
 * tell, undefined for what is not taken. Pure.
 * Source: ISO 32000-2 §7.5.2, PNG 3rd edition §5.2, ISO/IEC 10918-1 annex B, RFC 9649 §2.3, ISO/IEC 14496-12 §4.3
 * with the brands of mp4ra.org, RFC 8794 §8, ID3v2.4 §3.1, ISO/IEC 11172-3 §2.4.1.3, RFC 3533 §6, RFC 9639 §6.
 */
export function mediaKindOf(head: Buffer): MediaKind | 'text' | undefined {
  const ascii = (from: number, to: number) => head.toString('latin1', from, to);
  if (ascii(0, 1_024).includes('%PDF-')) return DOCUMENT('application/pdf');
  if (head.toString('hex', 0, 8) === '89504e470d0a1a0a') return PICTURE('image/png');
  if (head.toString('hex', 0, 3) === 'ffd8ff') return PICTURE('image/jpeg');
  if (ascii(0, 4) === 'RIFF') {
    return { WEBP: PICTURE('image/webp'), WAVE: SOUND('audio/wav') }[ascii(8, 12)];
  }
  if (ascii(4, 8) === 'ftyp') return filmOfBrand(ascii(8, 12));
  if (head.toString('hex', 0, 4) === '1a45dfa3') {
    return ascii(4, 64).includes('webm') ? CLIP('video/webm') : undefined;
  }
  if (ascii(0, 4) === 'OggS') return isOggSound(ascii(28, 36)) ? SOUND('audio/ogg') : undefined;
  if (ascii(0, 4) === 'fLaC') return SOUND('audio/flac');
  if (ascii(0, 3) === 'ID3' || isMpegFrame(head)) return SOUND('audio/mpeg');
  return isText(head) ? 'text' : undefined;
}

/** Texts that are taken; of HTML by its first element, else by what it was sent as, for any text is plain text. */
export function textKindOf(head: string, sentAs: string, fileName: string): MediaKind | undefined {
  const begin = head.replace(/^\ufeff?(?:\s|<!--[\s\S]*?-->)*/u, '').slice(0, 200);
  if (/^<(?:\?xml|!doctype\s+svg|svg\b|!entity)/i.test(begin)) return undefined;
  if (
    /^<(?:!doctype\s+html|html|head|body|title|meta|h[1-6]|p|div|article|section|main)\b/i.test(
      begin,
    )
  ) {
    return DOCUMENT('text/html');
  }
  const isMarkdown =
    /^text\/(?:x-)?markdown\b/i.test(sentAs) || /\.(?:md|markdown)$/i.test(fileName);
  return DOCUMENT(isMarkdown ? 'text/markdown' : 'text/plain');
}

const MP4_BRAND = /^(?:isom|iso[2-9]|mp4[12]|mp4v|avc1|dash|msnv|mmp4|M4V |f4v )$/i;

function filmOfBrand(brand: string): MediaKind | undefined {
  if (/^M4[AB] $/.test(brand)) return SOUND('audio/mp4');
  if (brand === 'qt  ') return CLIP('video/quicktime');
  return MP4_BRAND.test(brand) ? CLIP('video/mp4') : undefined;
}

/** The codec names itself at the beginning of the first page's packet. */
function isOggSound(codec: string): boolean {
  return ['\u0001vorbis', 'OpusHead', '\u007fFLAC', 'Speex'].some((name) => codec.startsWith(name));
}

/** The head of a frame of MPEG audio, layer III, with a bit rate and a sample rate that exist. */
function isMpegFrame(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return isLayer3 && third >> 4 !== 0xf && third >> 4 !== 0 && (third & 0x0c) !== 0x0c;
}

/** No control characters but tabs, line breaks and form feeds. */
function isText(head: Buffer): boolean {
  return !head.some((byte) => byte === 0x7f || (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d)));
}

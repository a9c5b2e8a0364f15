/** What a file of speech may be, and the FFmpeg demuxer that is forced for it. */
export type SoundKind = 'wav' | 'mp3' | 'ogg' | 'flac';

/**
 * What a file is by its first bytes, whatever a header or a name says; undefined for everything that no voice
 * sends (playlists, pages, films, error messages). 4 KiB are enough.
 */
export function soundKind(head: Buffer): SoundKind | undefined {
  const text = head.toString('latin1', 0, 12);
  if (text.startsWith('RIFF') && text.slice(8) === 'WAVE') return 'wav';
  if (text.startsWith('OggS')) return 'ogg';
  if (text.startsWith('fLaC')) return 'flac';
  if (text.startsWith('ID3') || isMpegFrame(head)) return 'mp3';
  return undefined;
}

/** Raw samples have no mark of their own: they are what does not look like anything else. */
export function couldBeSamples(head: Buffer): boolean {
  return head.length > 0 && soundKind(head) === undefined && !isText(head);
}

/** Header of an MPEG audio frame, layer III (ISO 11172-3, 2.4.2.3): sync, no reserved value. */
function isMpegFrame(head: Buffer): boolean {
  if (head.length < 4) return false;
  const [first = 0, second = 0, third = 0] = head;
  const isSync = first === 0xff && (second & 0xe0) === 0xe0;
  const isLayer3 = (second & 0x06) === 0x02 && (second & 0x18) !== 0x08;
  const hasRates = (third & 0xf0) !== 0xf0 && (third & 0xf0) !== 0 && (third & 0x0c) !== 0x0c;
  return isSync && isLayer3 && hasRates;
}

/** Pages and JSON: nothing but printable characters and line breaks. Samples are never that for long. */
function isText(head: Buffer): boolean {
  const start = head.subarray(0, 256);
  return start.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

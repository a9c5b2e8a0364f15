import { extensionOf, type ArtifactKind, type BlobRef, type Film } from '@aura/proto';

export interface ArtifactRow {
  kind: ArtifactKind;
  fileName: string;
  sha256: string;
  bytes: number;
  mediaType: string;
}

/** The files of a film as they are given out, named after its title. */
export function artifactsOf({ video, captions, thumbnail }: Film, title: string): ArtifactRow[] {
  return [
    artifactRow('video', video, title),
    artifactRow('captions', captions, title),
    artifactRow('thumbnail', thumbnail, title),
  ];
}

export function artifactRow(
  kind: ArtifactKind,
  { sha256, bytes, mediaType }: BlobRef,
  title: string,
): ArtifactRow {
  const fileName = `${fileStem(title)}${SUFFIX[kind]}.${extensionOf(mediaType) ?? DEFAULT[kind]}`;
  return { kind, fileName, sha256, bytes, mediaType };
}

/**
 * A title as a file name that every system and shell takes: words of letters and digits of any script,
 * joined by "-", at most 120 bytes; "video" where nothing is left or the name is one that Windows keeps.
 */
export function fileStem(title: string): string {
  const words = title.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const stem = words.join('-').toLowerCase();
  const short = beginning(stem, MOST_BYTES).replace(/-+$/, '');
  return short === '' || RESERVED.test(short) ? 'video' : short;
}

/** As many whole characters (with their marks) as fit. */
function beginning(text: string, mostBytes: number): string {
  let kept = '';
  for (const { segment } of CHARACTERS.segment(text)) {
    if (Buffer.byteLength(kept + segment) > mostBytes) break;
    kept += segment;
  }
  return kept;
}

const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });
const MOST_BYTES = 120;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const SUFFIX = { video: '', captions: '', thumbnail: '-thumbnail', history: '-history' } as const;
const DEFAULT = { video: 'mp4', captions: 'srt', thumbnail: 'jpg', history: 'json' } as const;

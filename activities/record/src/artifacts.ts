import {
  ARTIFACT_KINDS,
  ARTIFACT_LABEL,
  extensionOf,
  type ArtifactKind,
  type BlobRef,
  type Film,
  type FilmFiles,
} from '@aura/proto';

export interface ArtifactRow {
  kind: ArtifactKind;
  /** Tells files of one kind apart; empty where there is one. */
  label: string;
  fileName: string;
  sha256: string;
  bytes: number;
  mediaType: string;
}

/** The files of a film as they are given out, named after its title. */
export function artifactsOf({ files, ...film }: Film, title: string): ArtifactRow[] {
  const { video, captions, thumbnail } = film;
  return [
    artifactRow('video', video, title),
    artifactRow('captions', captions, title),
    artifactRow('thumbnail', thumbnail, title),
    ...filesBeside(files, title),
  ];
}

/** Files by the kinds that there are; others are left out. */
export function filesBeside(files: FilmFiles | undefined, title: string): ArtifactRow[] {
  return (files?.files ?? []).flatMap(({ kind, label, blob }) => {
    const isLabel = label === '' || ARTIFACT_LABEL.test(label);
    return isLabel && isArtifactKind(kind) ? [artifactRow(kind, blob, title, label)] : [];
  });
}

/** All that a film's files are kept as. */
export function blobsOf({ video, captions, thumbnail, files }: Film): BlobRef[] {
  return [video, captions, thumbnail, ...(files?.files ?? []).map(({ blob }) => blob)];
}

function isArtifactKind(kind: string): kind is ArtifactKind {
  return (ARTIFACT_KINDS as readonly string[]).includes(kind);
}

export function artifactRow(
  kind: ArtifactKind,
  { sha256, bytes, mediaType }: BlobRef,
  title: string,
  label = '',
): ArtifactRow {
  const ending = extensionOf(mediaType) ?? KINDS[kind].ending;
  const name = [fileStem(title) + KINDS[kind].suffix, ...(label ? [label] : [])].join('-');
  const fileName = label && KINDS[kind].isSet ? label : `${name}.${ending}`;
  return { kind, label, fileName, sha256, bytes, mediaType };
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

/** Files of a set name each other by their labels, and keep them. */
const KINDS: Record<ArtifactKind, { suffix: string; ending: string; isSet?: boolean }> = {
  video: { suffix: '', ending: 'mp4' },
  captions: { suffix: '', ending: 'srt' },
  thumbnail: { suffix: '-thumbnail', ending: 'jpg' },
  history: { suffix: '-history', ending: 'json' },
  timeline: { suffix: '-timeline', ending: 'json' },
  'captions-vtt': { suffix: '', ending: 'vtt' },
  'captions-ass': { suffix: '', ending: 'ass' },
  sprites: { suffix: '-sprites', ending: 'jpg', isSet: true },
  preview: { suffix: '-preview', ending: 'webp' },
  hls: { suffix: '', ending: 'm3u8', isSet: true },
  output: { suffix: '', ending: 'mp4' },
  storyboard: { suffix: '-storyboard', ending: 'png' },
  'voice-sample': { suffix: '-voice', ending: 'wav' },
};

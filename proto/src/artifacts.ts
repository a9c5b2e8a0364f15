/**
 * The files that a job gives out. `hls` and `sprites` are sets: each file's label is its name, and they name each
 * other by it.
 */
export const ARTIFACT_KINDS = [
  'video',
  'captions',
  'thumbnail',
  'history',
  'timeline',
  'captions-vtt',
  'captions-ass',
  'sprites',
  'preview',
  'hls',
  'output',
  'storyboard',
  'voice-sample',
] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

/** The label of the preview that grows while its film is being made. */
export const ROLLING_PREVIEW = 'rolling';

/** What tells the files of one kind apart is part of addresses: a name of a file, a language, a size. */
export const ARTIFACT_LABEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

const EXTENSIONS: Record<string, string> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
  'video/quicktime': 'mov',
  'video/iso.segment': 'm4s',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'application/vnd.apple.mpegurl': 'm3u8',
  'application/x-subrip': 'srt',
  'text/vtt': 'vtt',
  'text/x-ssa': 'ass',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'application/json': 'json',
};

/** The ending of a file name for a media type, without its dot; undefined for one that is never stored. */
export function extensionOf(mediaType: string): string | undefined {
  return EXTENSIONS[mediaType];
}

/** The files that a job gives out. */
export const ARTIFACT_KINDS = ['video', 'captions', 'thumbnail', 'history'] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

const EXTENSIONS: Record<string, string> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'application/x-subrip': 'srt',
  'text/vtt': 'vtt',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/json': 'json',
};

/** The ending of a file name for a media type, without its dot; undefined for one that is never stored. */
export function extensionOf(mediaType: string): string | undefined {
  return EXTENSIONS[mediaType];
}

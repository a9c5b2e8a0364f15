/**
 * The checks that workers make of their machine, by the names under which they report them; each with the
 * failure code that a job gets where no worker that could do its work passes it.
 */
export const WORKER_CHECKS = {
  /** Both can be run and have what films need (compose workers). */
  ffmpeg: 'FFmpegNotFound',
  ffprobe: 'FFmpegNotFound',
  /** Enough disk is free below AURA_HOME. */
  DiskSpace: 'OutOfDiskSpace',
  /** Enough memory is free. */
  Memory: 'InsufficientMemory',
  /** The bucket that artifacts are kept in answers (where there is one). */
  ArtifactStore: 'ArtifactStoreUnavailable',
  /** Reported only where it is none that Aura runs on; its detail begins with its name. */
  OperatingSystem: 'UnsupportedOS:other',
  /** The artifact folder can be written. */
  ArtifactFolder: 'OutputDirectoryNotWritable',
} as const;

export type WorkerCheckName = keyof typeof WORKER_CHECKS;

/** What graphics hardware a worker encodes with, and why not; its detail begins with the family that works. */
export const HARDWARE_CHECK = 'Hardware';

/** The writings that a worker has fonts for; its detail names them, and those for which it has none. */
export const FONTS_CHECK = 'Fonts';

/** FFmpeg's encoders that a compose worker has, of those that orders may ask for: its detail is their names. */
export const ENCODERS_CHECK = 'Encoders';

/**
 * The checks that workers make of their machine, by the names under which they report them; each with the
 * failure code that a job gets where no worker that could do its work passes it.
 */
export const WORKER_CHECKS = {
  /** ffmpeg and ffprobe can be run (compose workers). */
  FFmpeg: 'FFmpegNotFound',
  /** Enough disk is free below AURA_HOME. */
  DiskSpace: 'OutOfDiskSpace',
  /** Enough memory is free. */
  Memory: 'InsufficientMemory',
  /** The artifact folder can be written. */
  ArtifactFolder: 'OutputDirectoryNotWritable',
} as const;

export type WorkerCheckName = keyof typeof WORKER_CHECKS;

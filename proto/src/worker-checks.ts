/**
 * The checks that a worker makes of its machine and reports by these names, each with the failure code
 * that a job gets where no worker that it needs passes it.
 */
export const WORKER_CHECKS = {
  /** ffmpeg and ffprobe can be run (compose workers). */
  ffmpeg: 'FFmpegNotFound',
  /** Enough disk is free below AURA_HOME. */
  disk: 'OutOfDiskSpace',
  /** Enough memory is free. */
  memory: 'InsufficientMemory',
  /** The artifact folder can be written. */
  artifacts: 'OutputDirectoryNotWritable',
} as const;

export type WorkerCheckName = keyof typeof WORKER_CHECKS;

import { Failure } from '@aura/failure';
import { ProgramError, runProgram, type ProgramOutput, type RunOptions } from './run-program.js';

/**
 * Runs FFmpeg or ffprobe and gives their failures Aura's codes. A full disk is one also where FFmpeg
 * says so and ends with 0 nevertheless.
 * Errors: FFmpegNotFound, FFmpegFailedExitCode:<code or signal>, OutOfDiskSpace, InsufficientMemory,
 * OutputDirectoryNotWritable, the signal's reason.
 */
export async function runFfmpeg(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramOutput> {
  try {
    const output = await runProgram(program, args, options);
    const failure = failureOfMachine(output.stderr);
    if (failure?.code === 'OutOfDiskSpace') throw failure;
    return output;
  } catch (error) {
    throw ffmpegFailure(error);
  }
}

function ffmpegFailure(error: unknown): unknown {
  if (error instanceof ProgramError) {
    return (
      failureOfMachine(error.stderr, error) ??
      new Failure(
        `FFmpegFailedExitCode:${error.exitCode ?? error.exitSignal}`,
        'FFmpeg ended with an error.',
        { details: error.stderr, cause: error },
      )
    );
  }
  const errno = error instanceof Error && 'code' in error ? error.code : undefined;
  if (errno === 'ENOENT' || errno === 'EACCES') {
    return new Failure('FFmpegNotFound', 'FFmpeg is not installed or cannot be run.', {
      cause: error,
    });
  }
  return error;
}

/** What the operating system refused, in the words of strerror that FFmpeg prints. */
function failureOfMachine(stderr: string, cause?: unknown): Failure | undefined {
  const options = { details: stderr, cause };
  if (/No space left on device|Disk quota exceeded/i.test(stderr)) {
    return new Failure('OutOfDiskSpace', 'The disk is full.', options);
  }
  if (/Read-only file system/i.test(stderr)) {
    return new Failure(
      'OutputDirectoryNotWritable',
      'The artifact folder cannot be written.',
      options,
    );
  }
  const [, encoder] = /Unknown encoder '([\w-]+)'/.exec(stderr) ?? [];
  if (encoder !== undefined) {
    const message = 'FFmpeg has no such encoder.';
    return new Failure(`EncoderMissing:${encoder}`, message, options);
  }
  if (/Cannot allocate memory/i.test(stderr)) {
    return new Failure('InsufficientMemory', 'FFmpeg was refused the memory it needs.', options);
  }
  return undefined;
}

import { readFile, writeFile } from 'node:fs/promises';
import { Failure, toFailure } from '@aura/failure';
import { ProgramError, runProgram, type ProgramOutput } from '@aura/media';
import { BadSound, readWav, type WavReading } from '../sound/wav.js';

/** No piece takes a local voice longer than a few seconds; a program that hangs is ended after this. */
const TIME_LIMIT_MS = 30_000;

export interface VoiceRun {
  /** Name for people. */
  name: string;
  program: string;
  args: readonly string[];
  /** Whose words are missing if the program is not there. */
  language: string;
  stdin?: string;
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Runs a local voice program to its end and gives its failures Aura's codes: VoiceUnavailable where it
 * cannot be started, VoiceFailed where it fails or hangs. Aborted, it throws the signal's own reason.
 */
export async function runVoice(run: VoiceRun): Promise<ProgramOutput> {
  const { name, program, args, stdin, onLine, signal } = run;
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  try {
    return await runProgram(program, args, {
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      stdin,
      onLine,
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ProgramError) {
      throw new Failure('VoiceFailed', `${name} ended with an error.`, {
        details: `${error.message}\n${error.stderr}`,
        cause: error,
      });
    }
    if (limit.aborted) {
      throw new Failure('VoiceFailed', `${name} did not finish in time.`, { cause: error });
    }
    if (isNotRunnable(error)) {
      throw new Failure(
        `VoiceUnavailable:${run.language}`,
        `${name} is not installed or cannot be run on this machine.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/**
 * Reads the WAV that a voice program wrote. A file that is not there or is cut off is the program's fault,
 * unless the disk is full: programs write short files then and say nothing.
 * Errors: NarrationInvalid, OutOfDiskSpace.
 */
export async function readVoiceFile(file: string, name: string): Promise<WavReading> {
  try {
    return readWav(await readFile(file));
  } catch (error) {
    await assertSpace(`${file}.space`);
    const details = error instanceof BadSound ? error.message : 'no file was written';
    throw new Failure('NarrationInvalid', `${name} gave no usable sound.`, {
      details,
      cause: error,
    });
  }
}

async function assertSpace(file: string): Promise<void> {
  try {
    await writeFile(file, Buffer.alloc(256 * 1024));
  } catch (error) {
    throw toFailure(error);
  }
}

function isNotRunnable(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return ['ENOENT', 'EACCES', 'ENOTDIR', 'ENOEXEC'].includes(String(error.code));
}

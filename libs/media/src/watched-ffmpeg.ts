import { Failure } from '@aura/failure';
import { runFfmpeg } from './run-ffmpeg.js';
import type { ProgramOutput, RunOptions } from './run-program.js';

export interface WatchOptions extends Pick<
  RunOptions,
  'signal' | 'cwd' | 'graceMs' | 'stdin' | 'mapsDevices'
> {
  /** Which step is named when it hangs. */
  step: string;
  /** Longest time without any progress. */
  stallMs?: number;
  /** Frames written so far. */
  onFrame?: (frame: number) => void;
}

const STALL_MS = 30_000;

/** The lines of a progress report that only change when something was done. */
const PROGRESS_LINE = /^(frame|out_time_us|total_size)=(\d+)$/;

/**
 * Runs an FFmpeg that was started with `-progress pipe:1`. One that makes no progress for `stallMs` is
 * ended like a canceled one and becomes `StepTimeout:<step>`.
 * Errors: StepTimeout, and those of `runFfmpeg`.
 */
export async function runWatchedFfmpeg(
  program: string,
  args: readonly string[],
  { step, stallMs = STALL_MS, onFrame, signal, ...options }: WatchOptions,
): Promise<ProgramOutput> {
  const stall = new AbortController();
  const giveUp = () =>
    stall.abort(
      new Failure(`StepTimeout:${step}`, `FFmpeg made no progress for ${stallMs / 1_000} s.`),
    );
  let timer = setTimeout(giveUp, stallMs);
  const reached = new Map<string, string>();
  const onLine = (line: string) => {
    const [, key, value] = PROGRESS_LINE.exec(line) ?? [];
    if (key === undefined || value === undefined || reached.get(key) === value) return;
    reached.set(key, value);
    clearTimeout(timer);
    timer = setTimeout(giveUp, stallMs);
    if (key === 'frame') onFrame?.(Number(value));
  };
  try {
    return await runFfmpeg(program, args, {
      ...options,
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
      onLine,
    });
  } finally {
    clearTimeout(timer);
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runFfmpeg } from '@aura/media';
import { loudnessLufs, peakDb } from './loudness.js';
import { BadSound, durationMsOf, readWav, wavBytes, type Sound } from './wav.js';

export const NARRATION_RATE = 48_000;
/**
 * Every narration is brought to this loudness. Low enough that no voice needs a limiter (the local ones
 * peak 13 to 19 dB above it); the film's own loudness is mastered when it is composed.
 */
export const NARRATION_LUFS = -22;
const HIGHEST_PEAK_DB = -1;

export interface MasteredNarration {
  file: string;
  durationMs: number;
}

/**
 * Writes speech as the WAV that the film is made from: mono, 48 kHz, 16 bit, at −22 LUFS by one constant
 * gain (less where a peak would pass −1 dBFS), filled up with silence to whole milliseconds.
 * Errors: those of FFmpeg; BadSound where what came out is not what was ordered.
 */
export async function masterNarration(
  sound: Sound,
  { ffmpegPath, scratch, signal }: { ffmpegPath: string; scratch: string; signal?: AbortSignal },
): Promise<MasteredNarration> {
  const raw = path.join(scratch, 'joined.wav');
  const file = path.join(scratch, 'narration.wav');
  const durationMs = Math.ceil(durationMsOf(sound));
  await writeFile(raw, wavBytes(sound));
  await runFfmpeg(ffmpegPath, masterArgs(raw, file, { gainDb: gainDbOf(sound), durationMs }), {
    signal,
  });
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw Object.assign(new BadSound('FFmpeg wrote no file'), { cause });
  });
  const mastered = readWav(bytes);
  const isExact =
    !mastered.headerRepaired &&
    mastered.sound.sampleRate === NARRATION_RATE &&
    mastered.sound.samples.length === samplesOf(durationMs);
  if (!isExact) throw new BadSound('the mastered narration has not the length that was ordered');
  if (peakDb(mastered.sound) < Math.min(-45, peakDb(sound))) {
    throw new BadSound('the mastered narration is silent');
  }
  return { file, durationMs };
}

export function gainDbOf(sound: Sound): number {
  const loudness = loudnessLufs(sound);
  if (loudness <= -70) return 0;
  return Math.min(NARRATION_LUFS - loudness, HIGHEST_PEAK_DB - peakDb(sound));
}

/** FFmpeg's own resampler with a long filter: flat to 0.97 of the band, images below −100 dB. */
export function masterArgs(
  input: string,
  output: string,
  { gainDb, durationMs }: { gainDb: number; durationMs: number },
): string[] {
  const samples = samplesOf(durationMs);
  const filters = [
    `volume=${gainDb.toFixed(3)}dB:precision=float`,
    `aresample=${NARRATION_RATE}:filter_size=64:cutoff=0.97`,
    `apad=whole_len=${samples}`,
    `atrim=end_sample=${samples}`,
  ];
  const quiet = '-hide_banner -nostdin -loglevel error -xerror -y'.split(' ');
  const read = ['-protocol_whitelist', 'file', '-f', 'wav', '-i', `file:${input}`];
  const convert = ['-map', '0:a:0', '-af', filters.join(','), '-ac', '1', '-c:a', 'pcm_s16le'];
  // Without the version of FFmpeg in the file: equal speech gives equal bytes.
  const write = ['-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'wav', `file:${output}`];
  return [...quiet, ...read, ...convert, ...write];
}

function samplesOf(durationMs: number): number {
  return (durationMs * NARRATION_RATE) / 1_000;
}

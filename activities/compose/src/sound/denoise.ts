import path from 'node:path';
import { open } from 'node:fs/promises';
import { inputGuards, readWavHeader, runWatchedFfmpeg } from '@aura/media';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import type { SoundTools } from './decode-sound.js';

/** What remains of the noise: more would take the life out of the voice with it. */
const REDUCTION_DB = 24;
const HOP = SAMPLE_RATE_HZ / 50;
/** This share of the quietest moments is noise and nothing else. */
const QUIETEST = 0.08;

/**
 * Takes steady noise out of a narration (WAV, mono, 48 kHz, 16 bit), into a WAV of as many samples. How loud the noise
 * is, is measured where nobody speaks. Gives the name of the file in the folder.
 */
export async function denoised(
  { ffmpegPath, folder, signal, stallMs }: SoundTools,
  source: string,
  output: string,
): Promise<string> {
  const args = denoiseArgs({ source, output, floorDb: await noiseFloorDb(source) });
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  return path.join(folder, output);
}

export function denoiseArgs({
  source,
  output,
  floorDb,
}: {
  source: string;
  output: string;
  floorDb: number;
}): string[] {
  // afftdn takes floors from −80 to −20 dB; rumble below the deepest voice goes first.
  const floor = Math.max(-80, Math.min(-20, floorDb + 3)).toFixed(1);
  return [
    FFMPEG_HEAD,
    inputGuards('wav', ['pcm_s16le']),
    ['-i', `file:${source}`, '-map', '0:a:0'],
    ['-af', `highpass=f=70,afftdn=nr=${REDUCTION_DB}:nf=${floor}:tn=1`],
    ['-map_metadata', '-1', '-fflags', '+bitexact', '-c:a', 'pcm_s16le'],
    ['-f', 'wav', `file:${output}`],
  ].flat();
}

/** Level of the noise between the words, in dB below full scale. */
export async function noiseFloorDb(source: string): Promise<number> {
  const { dataOffset, dataBytes } = await readWavHeader(source);
  const levels: number[] = [];
  const handle = await open(source, 'r');
  try {
    const bytes = new Uint8Array(100 * HOP * 2);
    for (let at = 0; at < dataBytes; at += bytes.length) {
      const wanted = Math.min(bytes.length, dataBytes - at);
      const { bytesRead } = await handle.read(bytes, 0, wanted, dataOffset + at);
      const samples = new Int16Array(bytes.buffer, 0, Math.floor(bytesRead / 2));
      for (let from = 0; from + HOP <= samples.length; from += HOP) {
        levels.push(energyOf(samples.subarray(from, from + HOP)));
      }
    }
  } finally {
    await handle.close();
  }
  // Silence that a program has put in has no noise in it and says nothing about it.
  const noisy = levels.filter((level) => level > 1e-9).toSorted((a, b) => a - b);
  const quietest = noisy.slice(0, Math.max(1, Math.round(noisy.length * QUIETEST)));
  const mean = quietest.reduce((sum, level) => sum + level, 0) / quietest.length;
  return 10 * Math.log10(Math.max(mean || 0, 1e-10));
}

function energyOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32_768) ** 2;
  return sum / samples.length;
}

import { createReadStream, createWriteStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inputGuards, readWavHeader, runWatchedFfmpeg, wavHeader } from '@aura/media';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import type { SoundTools } from './decode-sound.js';

/** What remains of the noise: more would take the life out of the voice with it. */
const REDUCTION_DB = 24;
/** By so much afftdn has to be told more than the noise is to take all of it. */
const ABOVE_FLOOR_DB = 4;
/** FFmpeg's afftdn gives its sound late by half a window, 25 ms; versions to come may make up for it themselves. */
const DELAY_SAMPLES = 0.025 * SAMPLE_RATE_HZ;
const HOP = SAMPLE_RATE_HZ / 50;
/** This share of the quietest moments is noise and nothing else. */
const QUIETEST = 0.08;

/**
 * Takes steady noise out of a narration (WAV, mono, 48 kHz, 16 bit), into a WAV of as many samples, each at its place.
 * How loud the noise is, is measured where nobody speaks. Gives the path of the file.
 */
export async function denoised(
  { ffmpegPath, folder, signal, stallMs }: SoundTools,
  source: string,
  output: string,
): Promise<string> {
  const { floorDb, loudestSample } = await hearNoise(source);
  const raw = `${output}.pcm`;
  const args = denoiseArgs({ source, output: raw, floorDb });
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  const { dataBytes } = await readWavHeader(source);
  const late = await delayOf(source, path.join(folder, raw), loudestSample);
  const file = path.join(folder, output);
  const target = createWriteStream(file);
  target.write(wavHeader(dataBytes, SAMPLE_RATE_HZ));
  const stretch = { start: 2 * late, end: 2 * late + dataBytes - 1 };
  await pipeline(createReadStream(path.join(folder, raw), stretch), target);
  return file;
}

export function denoiseArgs(request: {
  source: string;
  output: string;
  floorDb: number;
}): string[] {
  const { source, output, floorDb } = request;
  // afftdn takes floors from −80 to −20 dB.
  const floor = Math.max(-80, Math.min(-20, floorDb + ABOVE_FLOOR_DB)).toFixed(1);
  return [
    FFMPEG_HEAD,
    inputGuards('wav', ['pcm_s16le']),
    ['-i', `file:${source}`, '-map', '0:a:0'],
    ['-af', `apad=pad_len=${DELAY_SAMPLES},afftdn=nr=${REDUCTION_DB}:nf=${floor}`],
    ['-c:a', 'pcm_s16le', '-f', 's16le', `file:${output}`],
  ].flat();
}

/** Level of the noise between the words, in dB below full scale, and where it is loudest. */
export async function hearNoise(
  source: string,
): Promise<{ floorDb: number; loudestSample: number }> {
  const { dataOffset, dataBytes } = await readWavHeader(source);
  const levels: number[] = [];
  const handle = await open(source, 'r');
  try {
    const bytes = 100 * HOP * 2;
    for (let at = 0; at < dataBytes; at += bytes) {
      const samples = await samplesAt(handle, dataOffset + at, Math.min(bytes, dataBytes - at) / 2);
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
  const loudest = levels.indexOf(noisy.at(-1) ?? 0);
  return {
    floorDb: 10 * Math.log10(Math.max(mean || 0, 1e-10)),
    loudestSample: Math.max(0, loudest) * HOP,
  };
}

/** How late the clean sound is: as late as it is most like the noisy one. */
async function delayOf(source: string, raw: string, loudestSample: number): Promise<number> {
  const { dataOffset } = await readWavHeader(source);
  const [noisy, clean] = [await open(source, 'r'), await open(raw, 'r')];
  try {
    const count = SAMPLE_RATE_HZ / 5;
    const wanted = await samplesAt(noisy, dataOffset + 2 * loudestSample, count);
    const late = await samplesAt(clean, 2 * (loudestSample + DELAY_SAMPLES), count);
    const prompt = await samplesAt(clean, 2 * loudestSample, count);
    return alike(wanted, late) >= alike(wanted, prompt) ? DELAY_SAMPLES : 0;
  } finally {
    await Promise.all([noisy.close(), clean.close()]);
  }
}

function alike(a: Int16Array, b: Int16Array): number {
  let [both, own] = [0, 1];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    both += (a[index] ?? 0) * (b[index] ?? 0);
    own += (b[index] ?? 0) ** 2;
  }
  return both / Math.sqrt(own);
}

function energyOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32_768) ** 2;
  return sum / samples.length;
}

async function samplesAt(handle: FileHandle, byte: number, count: number): Promise<Int16Array> {
  const bytes = new Uint8Array(2 * Math.floor(count));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, byte);
  return new Int16Array(bytes.buffer, 0, Math.floor(bytesRead / 2));
}

import { open, type FileHandle } from 'node:fs/promises';
import { readWavHeader, type WavHeader } from '@aura/media';
import { Failure } from '@aura/failure';
import { SAMPLE_RATE_HZ } from '../film-constants.js';

/** One narration and the sample of the film at which it begins. */
export interface PlacedSound {
  sceneId: string;
  /** A WAV: mono, 48 kHz, 16 bit. */
  file: string;
  startSample: number;
}

/** Plain PCM, and the extended header that may hold it. */
const PCM_TAGS = new Set([0x0001, 0xfffe]);
const BYTES_PER_SAMPLE = 2;
const CHUNK_SAMPLES = 32_768;
/** Long enough that a narration cut in the middle of a wave does not click, too short to be heard. */
const FADE_SAMPLES = 240;

/**
 * Writes the film's speech as one stream of raw samples (mono, 48 kHz, signed 16 bit): every narration at
 * its exact sample, silence between, `samples` in all. Memory does not grow with the film.
 * Errors: NarrationInvalid, FilmInvalid:timeline where narrations overlap or outlast the film.
 */
export async function writeNarrationTrack(
  output: string,
  sounds: readonly PlacedSound[],
  samples: number,
): Promise<void> {
  const track = await open(output, 'w');
  try {
    let written = 0;
    for (const sound of sounds) {
      if (sound.startSample < written) throw overlap(sound, 'begins before the last one ends');
      await writeSilence(track, sound.startSample - written);
      written = sound.startSample + (await writeNarration(track, sound));
      if (written > samples) throw overlap(sound, 'outlasts the film');
    }
    await writeSilence(track, samples - written);
  } finally {
    await track.close();
  }
}

async function writeSilence(track: FileHandle, samples: number): Promise<void> {
  const silence = Buffer.alloc(CHUNK_SAMPLES * BYTES_PER_SAMPLE);
  for (let left = samples; left > 0; left -= CHUNK_SAMPLES) {
    await track.writeFile(silence.subarray(0, Math.min(left, CHUNK_SAMPLES) * BYTES_PER_SAMPLE));
  }
}

async function writeNarration(track: FileHandle, sound: PlacedSound): Promise<number> {
  const header = await narrationHeader(sound);
  const total = Math.floor(header.dataBytes / BYTES_PER_SAMPLE);
  const source = await open(sound.file, 'r');
  try {
    for (let done = 0; done < total; done += CHUNK_SAMPLES) {
      const count = Math.min(CHUNK_SAMPLES, total - done);
      const chunk = Buffer.alloc(count * BYTES_PER_SAMPLE);
      const at = header.dataOffset + done * BYTES_PER_SAMPLE;
      const { bytesRead } = await source.read(chunk, 0, chunk.length, at);
      if (bytesRead < chunk.length) throw invalid(sound, 'ends early');
      fadeEnds(chunk, done, total);
      await track.writeFile(chunk);
    }
  } finally {
    await source.close();
  }
  return total;
}

/** What a narration's file says of itself. Errors: NarrationInvalid where it is not what the film takes. */
export async function narrationHeader(sound: PlacedSound): Promise<WavHeader> {
  const header = await readWavHeader(sound.file).catch((error: unknown) => {
    if (error instanceof RangeError) throw invalid(sound, error.message);
    throw error;
  });
  const { formatTag, channels, sampleRateHz, bitsPerSample } = header;
  if (!PCM_TAGS.has(formatTag)) throw invalid(sound, 'is compressed');
  if (channels !== 1 || sampleRateHz !== SAMPLE_RATE_HZ || bitsPerSample !== 16) {
    throw invalid(sound, `is ${channels} channels, ${sampleRateHz} Hz, ${bitsPerSample} bit`);
  }
  return header;
}

/** Fades the first and the last 5 ms of a sound, of which `chunk` begins at sample `first`. */
export function fadeEnds(chunk: Buffer, first: number, total: number): void {
  const count = chunk.length / BYTES_PER_SAMPLE;
  if (first >= FADE_SAMPLES && first + count <= total - FADE_SAMPLES) return;
  for (let index = 0; index < count; index += 1) {
    const fromEnd = Math.min(first + index, total - 1 - first - index);
    if (fromEnd >= FADE_SAMPLES) continue;
    const at = index * BYTES_PER_SAMPLE;
    chunk.writeInt16LE(Math.round((chunk.readInt16LE(at) * fromEnd) / FADE_SAMPLES), at);
  }
}

function invalid({ sceneId }: PlacedSound, problem: string): Failure {
  return new Failure('NarrationInvalid', 'A narration cannot be used.', {
    details: `scene ${sceneId}: the sound ${problem}`,
  });
}

function overlap({ sceneId }: PlacedSound, problem: string): Failure {
  return new Failure('FilmInvalid:timeline', 'The narrations do not fit into the film.', {
    details: `scene ${sceneId}: the narration ${problem}`,
  });
}

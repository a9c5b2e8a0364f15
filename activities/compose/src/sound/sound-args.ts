import { inputGuards } from '@aura/media';
import type { SoundCodec } from '@aura/proto';
import { SOUND_DECODERS, SOUND_ENCODERS } from '../output/codec-facts.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { SAMPLE_RATE_HZ } from '../film-constants.js';

/** How the speech becomes the film's sound. */
export interface Mastering {
  gainDb: number;
  /** No sample after the limiter is higher, in dB below full scale. */
  ceilingDb: number;
}

export interface MasterFiles {
  /** Raw sound: 48 kHz, signed 16 bit. */
  input: string;
  inputChannels: 1 | 2;
  output: string;
  channels: 1 | 2;
  codec: SoundCodec;
}

/** Measures the loudness (EBU R128), the true peak and the silences of an encoded sound, into the file `facts`. */
export function measureEncodedArgs(request: {
  input: string;
  codec: SoundCodec;
  facts: string;
}): string[] {
  const { input, codec, facts } = request;
  return [
    FFMPEG_HEAD,
    inputGuards('mov', SOUND_DECODERS[codec]),
    ['-i', `file:${input}`, '-af', heardFilter(facts), '-f', 'null', '-'],
  ].flat();
}

/**
 * One gain, then a limiter at four times the sample rate, so that it sees the peaks between the samples;
 * its look-ahead is compensated. Then the encoder.
 */
export function masterArgs(files: MasterFiles, { gainDb, ceilingDb }: Mastering): string[] {
  const { input, inputChannels, output, channels, codec } = files;
  const limit = 10 ** (ceilingDb / 20);
  const filters = [
    ...(inputChannels > channels ? ['pan=mono|c0=0.5*c0+0.5*c1'] : []),
    `volume=${gainDb.toFixed(2)}dB:precision=float`,
    `aresample=${4 * SAMPLE_RATE_HZ}`,
    `alimiter=limit=${limit.toFixed(4)}:level=0:attack=5:release=60:latency=1`,
    `aresample=${SAMPLE_RATE_HZ}`,
    ...(inputChannels < channels ? ['pan=stereo|c0=c0|c1=c0'] : []),
  ];
  return [
    FFMPEG_HEAD,
    inputGuards('s16le', ['pcm_s16le']),
    ['-ar', String(SAMPLE_RATE_HZ), '-ac', String(inputChannels), '-i', `file:${input}`],
    ['-af', filters.join(','), '-ar', String(SAMPLE_RATE_HZ)],
    ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
    [...SOUND_ENCODERS[codec], `file:${output}`],
  ].flat();
}

/**
 * Notes how loud it is and where nothing is heard: running figures with every tenth of a second, of which the last are
 * those of the whole. `ebur128` cuts the sound into frames of its own, so it comes first.
 */
export function heardFilter(facts: string): string {
  return [LOUDNESS_FILTER, SILENCE_FILTER, `a${printFilter(facts)}`].join(',');
}

const LOUDNESS_FILTER = 'ebur128=peak=true:metadata=1';
const SILENCE_FILTER = 'silencedetect=noise=-50dB:duration=0.3';

/** Writes what filters have noted on pictures; with an `a` before it, on sound. */
export function printFilter(facts: string): string {
  return `metadata=mode=print:file=${facts}`;
}

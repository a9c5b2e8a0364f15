import { wavHeader } from '@aura/media';

/** Mono speech in memory: 16-bit samples. */
export interface Sound {
  samples: Int16Array;
  sampleRate: number;
}

/** Why a file is not taken for a narration; `details` are for operators. */
export class BadSound extends Error {
  override readonly name = 'BadSound';
}

export interface WavReading {
  sound: Sound;
  /** The header did not fit the file and was put right. */
  headerRepaired: boolean;
}

/**
 * Reads a RIFF/WAVE file (PCM of 16 bit or 32-bit float, any number of channels, mixed down to one).
 * A data size that streaming writers leave behind because they cannot seek (0 or close to 2 or 4 GiB) is
 * replaced by what is there; any other size that the file does not have means that it was cut off.
 * Errors: BadSound (not a WAV, cut off, empty, NaN or infinity in it).
 */
export function readWav(bytes: Buffer): WavReading {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new BadSound('not a WAV file');
  }
  const { format, data, headerRepaired } = chunksOf(bytes);
  const samples = mixDown(decode(data, format), format.channels);
  if (samples.length === 0) throw new BadSound('no samples');
  return { sound: { samples, sampleRate: format.sampleRate }, headerRepaired };
}

/** A canonical 44-byte header and the samples. */
export function wavBytes({ samples, sampleRate }: Sound): Buffer {
  const size = samples.length * 2;
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, size);
  return Buffer.concat([wavHeader(size, sampleRate), bytes]);
}

export function durationMsOf({ samples, sampleRate }: Sound): number {
  return (samples.length / sampleRate) * 1_000;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Sizes from here on are what a writer to a pipe leaves: no narration has 2 GiB. */
const STREAMED_BYTES = 0x7fff0000;

interface Format {
  encoding: number;
  channels: number;
  sampleRate: number;
  bits: number;
}

function chunksOf(bytes: Buffer): { format: Format; data: Buffer; headerRepaired: boolean } {
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (id === 'fmt ') format = formatOf(bytes.subarray(start, start + size));
    if (id === 'data') {
      if (!format) throw new BadSound('no format before the data');
      const there = bytes.length - start;
      const streamed = size >= STREAMED_BYTES || (size === 0 && there > 0);
      if (size > there && !streamed) {
        throw new BadSound(`cut off: the header says ${size} bytes, the file has ${there}`);
      }
      const data = bytes.subarray(start, start + (streamed ? there : size));
      return { format, data, headerRepaired: streamed };
    }
    at = start + size + (size % 2);
  }
  throw new BadSound('no data chunk');
}

function formatOf(chunk: Buffer): Format {
  if (chunk.length < 16) throw new BadSound('format chunk too short');
  const tag = chunk.readUInt16LE(0);
  const format = {
    encoding: tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag,
    channels: chunk.readUInt16LE(2),
    sampleRate: chunk.readUInt32LE(4),
    bits: chunk.readUInt16LE(14),
  };
  const known =
    (format.encoding === PCM && format.bits === 16) ||
    (format.encoding === FLOAT && format.bits === 32);
  const sane =
    format.channels >= 1 &&
    format.channels <= 8 &&
    format.sampleRate >= 8_000 &&
    format.sampleRate <= 192_000;
  if (!known || !sane) throw new BadSound(`unknown format ${JSON.stringify(format)}`);
  return format;
}

function decode(data: Buffer, { encoding, bits }: Format): Int16Array {
  const samples = new Int16Array(Math.floor(data.length / (bits / 8)));
  if (encoding === PCM) {
    // All machines that run this are little-endian, like the file.
    new Uint8Array(samples.buffer).set(data.subarray(0, samples.length * 2));
    return samples;
  }
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = fromFloat(data.readFloatLE(index * 4));
  }
  return samples;
}

function fromFloat(value: number): number {
  if (!Number.isFinite(value)) throw new BadSound('a sample is not a number');
  return Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
}

function mixDown(samples: Int16Array, channels: number): Int16Array {
  if (channels === 1) return samples;
  const mono = new Int16Array(Math.floor(samples.length / channels));
  for (let frame = 0; frame < mono.length; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += samples[frame * channels + channel] ?? 0;
    }
    mono[frame] = Math.round(sum / channels);
  }
  return mono;
}

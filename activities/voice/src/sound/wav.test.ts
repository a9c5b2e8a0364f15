import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PROGRAMS } from '../testing/voices.js';
import { BadSound, durationMsOf, readWav, wavBytes } from './wav.js';

const SPEECH = execFileSync(PROGRAMS.espeakPath, ['--stdout', '--stdin'], {
  input: 'Ready when you are.',
});

test('a header that a streaming writer left behind is repaired: espeak-ng writes one to a pipe', () => {
  expect(SPEECH.readUInt32LE(40)).toBeGreaterThan(SPEECH.length);
  const { sound, headerRepaired } = readWav(SPEECH);
  expect(headerRepaired).toBe(true);
  expect(sound.samples).toHaveLength((SPEECH.length - 44) / 2);
});

test('a header that says 4 GiB, or nothing, is repaired from what is there', () => {
  for (const lie of [0xffffffff, 0]) {
    const bytes = wavBytes(readWav(SPEECH).sound);
    bytes.writeUInt32LE(lie, 40);
    const { sound, headerRepaired } = readWav(bytes);
    expect(headerRepaired).toBe(true);
    expect(sound.samples).toHaveLength((bytes.length - 44) / 2);
  }
});

test('a file that was cut off is refused, however little is missing', () => {
  const bytes = wavBytes(readWav(SPEECH).sound);
  expect(readWav(bytes).headerRepaired).toBe(false);
  for (const missing of [2, 1_000, bytes.length - 60]) {
    expect(() => readWav(bytes.subarray(0, bytes.length - missing))).toThrow(/cut off/);
  }
});

test('what is no sound is refused: no WAV, no data, no samples, an unknown format', () => {
  const bytes = wavBytes({ samples: new Int16Array(100), sampleRate: 16_000 });
  const alaw = Buffer.from(bytes);
  alaw.writeUInt16LE(6, 20);
  for (const broken of [
    Buffer.alloc(0),
    Buffer.from('{"error":"quota"}'),
    bytes.subarray(0, 36),
    wavBytes({ samples: new Int16Array(0), sampleRate: 16_000 }),
    alaw,
  ]) {
    expect(() => readWav(broken)).toThrow(BadSound);
  }
});

test('a float file is read, one with NaN in it is refused', () => {
  const good = floatWav([0, 0.5, -1, 2]);
  expect([...readWav(good).sound.samples]).toEqual([0, 16_384, -32_767, 32_767]);
  expect(() => readWav(floatWav([0, Number.NaN]))).toThrow(/not a number/);
  expect(() => readWav(floatWav([0, Infinity]))).toThrow(/not a number/);
});

test('two channels are mixed to one', () => {
  const bytes = wavBytes({ samples: Int16Array.from([100, 300, -50, 50]), sampleRate: 48_000 });
  bytes.writeUInt16LE(2, 22);
  expect([...readWav(bytes).sound.samples]).toEqual([200, 0]);
});

test('a sound survives being written and read, to the sample', () => {
  const sound = { samples: Int16Array.from([1, -2, 32_767, -32_768, 0]), sampleRate: 22_050 };
  expect(readWav(wavBytes(sound)).sound).toEqual(sound);
  expect(durationMsOf({ samples: new Int16Array(441), sampleRate: 22_050 })).toBe(20);
});

function floatWav(values: number[]): Buffer {
  const bytes = wavBytes({ samples: new Int16Array(values.length * 2), sampleRate: 48_000 });
  bytes.writeUInt16LE(3, 20);
  bytes.writeUInt16LE(32, 34);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, 44 + index * 4);
  return bytes;
}

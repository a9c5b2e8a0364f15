import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAMS } from '../testing/voices.js';
import { loudnessLufs, peakDb } from './loudness.js';
import { readWav, wavBytes } from './wav.js';

test('measures what FFmpeg’s EBU R128 meter measures, within 0.2 LU, at 16, 22 and 48 kHz', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aura-loudness-'));
  try {
    const { samples } = readWav(
      execFileSync(PROGRAMS.espeakPath, ['-v', 'de', '--stdout', '--stdin'], {
        input:
          'Das Meer ist niemals still. Tief unten verschwindet das Licht, und niemand weiß warum.',
      }),
    ).sound;
    for (const sampleRate of [16_000, 22_050, 48_000]) {
      const file = path.join(folder, `${sampleRate}.wav`);
      writeFileSync(file, wavBytes({ samples, sampleRate }));
      expect(Math.abs(loudnessLufs({ samples, sampleRate }) - meter(file))).toBeLessThan(0.2);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('silence has no loudness and no peak', () => {
  const sound = { samples: new Int16Array(16_000), sampleRate: 16_000 };
  expect(loudnessLufs(sound)).toBe(-70);
  expect(peakDb(sound)).toBe(-120);
});

test('twice the amplitude is 6 dB, also for a sound shorter than one block', () => {
  expect(loudnessLufs(wave(8_000)) - loudnessLufs(wave(4_000))).toBeCloseTo(6.02, 1);
  expect(peakDb(wave(8_000)) - peakDb(wave(4_000))).toBeCloseTo(6.02, 1);
});

function meter(file: string): number {
  const args = ['-hide_banner', '-nostats', '-i', file, '-af', 'ebur128', '-f', 'null', '-'];
  const { stderr } = spawnSync(PROGRAMS.ffmpegPath, args, { encoding: 'utf8' });
  const values = [...stderr.matchAll(/I:\s+(-?[\d.]+) LUFS/gu)];
  return Number(values.at(-1)?.[1]);
}

function wave(amplitude: number) {
  const samples = Int16Array.from({ length: 3_000 }, (_, i) => amplitude * Math.sin(i / 3));
  return { samples, sampleRate: 16_000 };
}

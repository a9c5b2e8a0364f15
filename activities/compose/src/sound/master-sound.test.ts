import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { babble, filmKit, type FilmKit } from '../testing/film-kit.js';
import { corrected, firstMastering, isGood, masterSound } from './master-sound.js';
import { masterArgs } from './sound-args.js';

let kit: FilmKit;
beforeAll(async () => {
  kit = await filmKit();
});
afterAll(() => kit.remove());

test.each([
  ['quiet', babble(6_000, 0.02)],
  ['loud', babble(6_000, 0.99)],
  ['full of peaks', peaky(6_000)],
  ['single short', Buffer.concat([Buffer.alloc(96_000), babble(400, 0.2), Buffer.alloc(300_000)])],
])(
  'a %s voice comes out at −14 LUFS, its true peak at −1 dBTP or below',
  async (_what, samples) => {
    const heard = await mastered(samples);
    expect(Math.abs(heard.loudnessLufs + 14)).toBeLessThanOrEqual(1);
    expect(heard.truePeakDbtp).toBeLessThanOrEqual(-1);
  },
  120_000,
);

test('silence is not raised', async () => {
  expect((await mastered(Buffer.alloc(96_000))).loudnessLufs).toBeLessThanOrEqual(-70);
});

test('one gain towards the target, never more than 30 dB; what is off is corrected', () => {
  const good = { loudnessLufs: -14.2, truePeakDbtp: -1.3 };
  expect(firstMastering({ loudnessLufs: -20, truePeakDbtp: -3 }).gainDb).toBe(6);
  expect(firstMastering({ loudnessLufs: -58, truePeakDbtp: -40 }).gainDb).toBe(30);
  expect(firstMastering({ loudnessLufs: -70, truePeakDbtp: -100 }).gainDb).toBe(0);
  expect(isGood(good)).toBe(true);
  expect(isGood({ ...good, loudnessLufs: -14.8 })).toBe(false);
  expect(isGood({ ...good, truePeakDbtp: -0.9 })).toBe(false);
  const tooHot = corrected(
    { gainDb: 6, ceilingDb: -1.7 },
    { loudnessLufs: -15, truePeakDbtp: -0.5 },
  );
  expect(tooHot.gainDb).toBeCloseTo(7);
  expect(tooHot.ceilingDb).toBeCloseTo(-2.4);
});

test('the arguments of the master, to the letter', () => {
  const files = { input: 'speech.pcm', output: 'sound.mp4' };
  expect(masterArgs({ ...files, codec: 'aac' }, { gainDb: 6, ceilingDb: -1.7 }).join(' ')).toBe(
    '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
      '-f s16le -format_whitelist s16le -protocol_whitelist file -codec_whitelist pcm_s16le ' +
      '-ar 48000 -ac 1 -i file:speech.pcm ' +
      '-af volume=6.00dB:precision=float,aresample=192000,' +
      'alimiter=limit=0.8222:level=0:attack=5:release=60:latency=1,aresample=48000,' +
      'pan=stereo|c0=c0|c1=c0 -ar 48000 -map_metadata -1 -fflags +bitexact -flags:a +bitexact ' +
      '-c:a aac -b:a 192k -f mp4 file:sound.mp4',
  );
});

async function mastered(samples: Buffer) {
  await writeFile(path.join(kit.folder, 'speech.pcm'), samples);
  return masterSound({
    ffmpegPath: 'ffmpeg',
    folder: kit.folder,
    input: 'speech.pcm',
    output: 'sound.mp4',
    signal: undefined,
  });
}

/** A quiet voice with a click ten times a second: raised by its loudness alone, it would clip. */
function peaky(ms: number): Buffer {
  const samples = babble(ms, 0.06);
  for (let sample = 2_000; sample < ms * 48; sample += 4_800) {
    samples.writeInt16LE(26_000, sample * 2);
    samples.writeInt16LE(-26_000, sample * 2 + 2);
  }
  return samples;
}

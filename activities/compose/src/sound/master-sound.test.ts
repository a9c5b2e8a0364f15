import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { babble, filmKit, type FilmKit } from '../testing/film-kit.js';
import { hearSpeech } from './hear-speech.js';
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
  'a %s voice comes out at −14 LUFS within half a unit, its true peak at −1 dBTP or below',
  async (_what, samples) => {
    const heard = await mastered(samples);
    expect(Math.abs(heard.loudnessLufs + 14)).toBeLessThanOrEqual(0.5);
    expect(heard.truePeakDbtp).toBeLessThanOrEqual(-1);
  },
  120_000,
);

test.each([
  ['−16 for podcasts', -16, 2],
  ['−23 for broadcasts', -23, 2],
  ['−16 on one side', -16, 1],
] as const)('%s is met as well', async (_what, targetLufs, channels) => {
  const heard = await mastered(babble(3_000, 0.1), { targetLufs, channels });
  expect(Math.abs(heard.loudnessLufs - targetLufs)).toBeLessThanOrEqual(0.5);
});

test('silence is not raised', async () => {
  expect((await mastered(Buffer.alloc(96_000))).loudnessLufs).toBeLessThanOrEqual(-70);
});

test('one gain towards the target, never more than 40 dB; what is off is corrected', () => {
  const good = { loudnessLufs: -14.2, truePeakDbtp: -1.3 };
  expect(firstMastering(-20, -14).gainDb).toBe(6);
  expect(firstMastering(-58, -14).gainDb).toBe(40);
  expect(firstMastering(-70, -14).gainDb).toBe(0);
  expect(isGood(good, -14)).toBe(true);
  expect(isGood({ ...good, loudnessLufs: -14.4 }, -14)).toBe(false);
  expect(isGood({ ...good, truePeakDbtp: -0.9 }, -14)).toBe(false);
  const first = {
    mastering: { gainDb: 6, ceilingDb: -1.7 },
    heard: { loudnessLufs: -15, truePeakDbtp: -0.5 },
  };
  expect(corrected(first, -14).gainDb).toBeCloseTo(7);
  expect(corrected(first, -14).ceilingDb).toBeCloseTo(-2.4);
  const limited = {
    mastering: { gainDb: 7, ceilingDb: -1.7 },
    heard: { loudnessLufs: -14.5, truePeakDbtp: -1.5 },
  };
  expect(corrected(limited, -14, first).gainDb).toBeCloseTo(8);
});

test('the arguments of the master, to the letter', () => {
  const files = { input: 'mix.pcm', inputChannels: 1, output: 'sound.mp4', channels: 2 } as const;
  const mastering = { gainDb: 6, ceilingDb: -1.7 };
  const head =
    '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
    '-f s16le -format_whitelist s16le -protocol_whitelist file -codec_whitelist pcm_s16le ';
  const limiter =
    'volume=6.00dB:precision=float,aresample=192000,' +
    'alimiter=limit=0.8222:level=0:attack=5:release=60:latency=1,aresample=48000';
  const tail = ' -ar 48000 -map_metadata -1 -fflags +bitexact -flags:a +bitexact ';
  expect(masterArgs({ ...files, codec: 'aac' }, mastering).join(' ')).toBe(
    `${head}-ar 48000 -ac 1 -i file:mix.pcm -af ${limiter},pan=stereo|c0=c0|c1=c0${tail}` +
      '-c:a aac -aac_coder fast -b:a 192k -f mp4 file:sound.mp4',
  );
  const mono = { ...files, inputChannels: 2, channels: 1, codec: 'opus' } as const;
  expect(masterArgs(mono, mastering).join(' ')).toBe(
    `${head}-ar 48000 -ac 2 -i file:mix.pcm -af pan=mono|c0=0.5*c0+0.5*c1,${limiter}${tail}` +
      '-c:a libopus -b:a 160k -f mp4 file:sound.mp4',
  );
});

async function mastered(
  samples: Buffer,
  { targetLufs = -14, channels = 2 }: { targetLufs?: number; channels?: 1 | 2 } = {},
) {
  const file = path.join(kit.folder, 'speech.pcm');
  await writeFile(file, samples);
  return masterSound({
    ffmpegPath: 'ffmpeg',
    folder: kit.folder,
    input: 'speech.pcm',
    inputChannels: 1,
    inputLufs: (await hearSpeech(file)).loudnessLufs - (channels === 1 ? 3 : 0),
    output: 'sound.mp4',
    channels,
    codec: 'aac',
    targetLufs,
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

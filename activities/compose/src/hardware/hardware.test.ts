import { afterAll, beforeAll, expect, test } from 'vitest';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RenderSpec, Shot } from '@aura/proto';
import { createComposeActivities } from '../compose-activities.js';
import { filmKit, JOB, leftInScratch, SMALL, twoShots, type FilmKit } from '../testing/film-kit.js';
import {
  hardwareArgs,
  hardwareEncoder,
  hardwareFilters,
  HARDWARE_FAMILIES,
} from './hardware-encoder.js';
import { Hardware } from './hardware.js';
import { probeHardware } from './probe-hardware.js';

let kit: FilmKit;
let shot: Shot;
beforeAll(async () => {
  kit = await filmKit();
  const [first] = await twoShots(kit);
  shot = { ...first, frames: 12 };
});
afterAll(() => kit.remove());

/** What FFmpeg and NVIDIA's driver say. No such device is here: these are their words, not their work. */
const TROUBLES = {
  'no driver': ['Cannot load libcuda.so.1', 'its driver is not installed'],
  'no device': [
    'dl_fn->cuda_dl->cuInit(0) failed -> CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected',
    'no device here can encode this',
  ],
  'an old driver': [
    'Driver does not support the required nvenc API version. Required: 12.2 Found: 11.1',
    'its driver is too old for this FFmpeg',
  ],
  'too many sessions': [
    'OpenEncodeSessionEx failed: out of memory (10): (no details)\nNo capable devices found',
    'the driver opens no further encoding session',
  ],
  'a full device': [
    'CreateInputBuffer failed: out of memory (10)',
    'the device has no memory left',
  ],
  'an odd error': ['Something new (99)', 'Something new (99)'],
} as const;

/**
 * An FFmpeg that lists NVENC and has x264 do what NVENC is asked for, as long as `conduct` (a line of JavaScript)
 * lets it; everything else goes to the real one.
 */
async function simulated(conduct = ''): Promise<string> {
  const file = path.join(
    kit.folder,
    `ffmpeg-${Buffer.from(conduct).toString('base64url').slice(0, 60)}`,
  );
  const script = `#!/usr/bin/env node
const { spawn } = require('node:child_process');
let args = process.argv.slice(2);
const isAsked = args.some((one) => one.endsWith('_nvenc'));
const run = () => {
  const dropped = ['-tune', '-rc', '-spatial-aq', '-b:v', '-gpu'];
  args = args.flatMap((one, at) => dropped.includes(one) || dropped.includes(args[at - 1]) ? [] : [one]);
  const names = { h264_nvenc: 'libx264', p5: 'veryfast', '-cq': '-crf' };
  args = args.map((one) => names[one] ?? one);
  const child = spawn('ffmpeg', args, { stdio: 'inherit' });
  child.on('exit', (code, signal) => {
    if (args.includes('-encoders')) console.log(' V....D h264_nvenc           NVIDIA NVENC H.264 encoder');
    process.exitCode = code ?? 1;
  });
};
const frames = Number(args[args.indexOf('-frames:v') + 1]);
const fail = (words) => { process.stderr.write('[h264_nvenc @ 0x5581] ' + words + '\\n'); process.exit(1); };
if (isAsked) { ${conduct} }
run();
`;
  await writeFile(file, script);
  await chmod(file, 0o755);
  return file;
}

const failing = (words: string) => `fail(${JSON.stringify(words)});`;
/** Works when it is tried out, and not when it matters. */
const failingLater = (words: string) => `if (frames > 1) ${failing(words)}`;

async function encoded(conduct: string, changes: Partial<RenderSpec> = {}) {
  const ffmpegPath = await simulated(conduct);
  const hardware = new Hardware({ ffmpegPath, wanted: 'auto', isWanted: true });
  const activities = createComposeActivities({
    ...kit.dependencies,
    ffmpegPath,
    hardware,
    stallMs: 1_500,
  });
  const render = { ...SMALL, ...changes };
  const language = `x-${Object.keys(TROUBLES).length}-${conduct.length}`;
  const segment = await activities.encodeSegment({ job: JOB, render, language, shot });
  return { segment, hardware };
}

test('what FFmpeg lists is believed when it has encoded a picture, and the reasons are told', async () => {
  const found = await probeHardware({ ffmpegPath: await simulated(), wanted: 'auto' });
  expect(found).toEqual({ device: { family: 'nvenc', device: undefined }, reasons: {} });
  const here = await probeHardware({ ffmpegPath: 'ffmpeg', wanted: 'auto' });
  const told = Object.keys(here.reasons);
  if (!here.device) expect(told).toEqual([...HARDWARE_FAMILIES]);
  expect(await probeHardware({ ffmpegPath: await simulated(), wanted: 'none' })).toEqual({
    reasons: {},
  });
  const missing = await probeHardware({ ffmpegPath: '/nonexistent/ffmpeg', wanted: 'nvenc' });
  expect(missing).toEqual({ reasons: { nvenc: expect.stringContaining('FFmpeg') } });
});

test.each(Object.entries(TROUBLES))(
  'with %s nothing is used, and the worker says why',
  async (_what, [words, told]) => {
    const ffmpegPath = await simulated(failing(words));
    const asked = { ffmpegPath, wanted: 'nvenc' as const, timeoutMs: 5_000 };
    expect(await new Hardware({ ...asked, isWanted: true }).check()).toEqual({
      name: 'Hardware',
      status: 'Degraded',
      detail: expect.stringMatching(new RegExp(`nvenc: .*${told.replace(/[()]/g, '\\$&')}`)),
    });
    expect(await new Hardware({ ...asked, isWanted: false }).check()).toMatchObject({
      status: 'Healthy',
    });
  },
);

test('a device that never answers is given up', async () => {
  const ffmpegPath = await simulated('setInterval(() => {}, 1_000); return;');
  const found = await probeHardware({ ffmpegPath, wanted: 'nvenc', timeoutMs: 3_000 });
  expect(found.reasons).toEqual({ nvenc: 'it did not answer' });
});

test('a segment of hardware says so, and is another than that of a processor', async () => {
  const { segment, hardware } = await encoded('');
  expect(segment.hardware).toEqual({ encoder: 'h264_nvenc', warnings: [] });
  const plain = await createComposeActivities(kit.dependencies).encodeSegment({
    job: JOB,
    render: SMALL,
    language: 'x',
    shot,
  });
  expect(plain.unitKey).not.toBe(segment.unitKey);
  expect(segment.frames).toBe(plain.frames);
  expect(await hardware.check()).toMatchObject({ status: 'Healthy', detail: 'nvenc works.' });
});

const MIDDLE = { ...TROUBLES, 'no answer': ['', 'it did not answer'] } as const;
const TOLD = ['too many sessions', 'an odd error', 'no answer'];
const isLong = process.env['AURA_TEST_SCALE'] === 'long';

test.each(Object.entries(MIDDLE).filter(([what]) => isLong || TOLD.includes(what)))(
  'with %s in the middle a processor does the same, and the job is told',
  async (what, [words, told]) => {
    const hang = 'if (frames > 1) { setInterval(() => {}, 1_000); return; }';
    const { segment, hardware } = await encoded(what === 'no answer' ? hang : failingLater(words));
    const message = what === 'an odd error' ? 'an error of its own' : told;
    expect(segment.hardware).toEqual({
      encoder: '',
      warnings: [
        expect.objectContaining({
          code: 'HardwareEncodingFailed',
          sceneId: shot.sceneId,
          message: expect.stringContaining(message),
        }),
      ],
    });
    expect(segment.frames).toBe(shot.frames);
    expect(await hardware.check()).toMatchObject({
      detail: expect.stringMatching(/1 of 1 segments failed/),
    });
    expect(await leftInScratch(kit)).toEqual([]);
  },
);

test('who wants NVIDIA alone gets an error rather than a processor', async () => {
  const strict = { hardware: 'nvidia' };
  const error = { code: 'RequiresNvidiaGPU' };
  await expect(encoded(failingLater('Cannot load libcuda.so.1'), strict)).rejects.toMatchObject(
    error,
  );
  await expect(encoded(failing('Cannot load libcuda.so.1'), strict)).rejects.toMatchObject(error);
  const gif = { ...strict, encoding: { codec: 'prores' } as RenderSpec['encoding'] };
  await expect(encoded('', gif)).rejects.toMatchObject(error);
  expect((await encoded('', strict)).segment.hardware?.encoder).toBe('h264_nvenc');
  expect((await encoded('', { hardware: 'none' })).segment.hardware).toBeUndefined();
});

test('a device that fails three times in a row is left alone until a trial succeeds', async () => {
  let now = 0;
  const ffmpegPath = await simulated();
  const hardware = new Hardware({ ffmpegPath, wanted: 'auto', isWanted: true, now: () => now });
  for (let failures = 0; failures < 3; failures += 1) {
    expect(await hardware.device()).toBeDefined();
    hardware.failedWith({ kind: 'memory', words: 'the device has no memory left' });
  }
  expect(await hardware.device()).toBeUndefined();
  expect(await hardware.check()).toMatchObject({
    status: 'Degraded',
    detail: expect.stringContaining('left alone'),
  });
  now = 60_000;
  expect(await hardware.check()).toMatchObject({ status: 'Healthy' });
  expect(await hardware.device()).toBeDefined();
});

const GOLDEN = {
  nvenc: '-preset p5 -tune hq -rc vbr -spatial-aq 1 -cq 21 -b:v 0',
  qsv: '-init_hw_device qsv=qsv,child_device=/dev/dri/renderD128 -preset medium -global_quality 21',
  vaapi: '-vaapi_device /dev/dri/renderD128 -rc_mode CQP -qp 21',
  amf: '-quality quality -rc cqp -qp_i 21 -qp_p 21',
  videotoolbox: '-allow_sw 0 -q:v 58',
};
const SHARED =
  '-r 25 -fps_mode cfr -g 100 -force_key_frames expr:eq(n,0) -flags +cgop ' +
  '-color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 ' +
  '-an -sn -dn -map_metadata -1 -fflags +bitexact -flags:v +bitexact ' +
  '-video_track_timescale 25000 -movie_timescale 25000 -f mp4';

test.each(HARDWARE_FAMILIES)('%s is asked for what a processor would give', (family) => {
  const render = { ...SMALL, quality: 'standard' };
  const args = hardwareArgs({ family }, render).join(' ');
  const pixels = { vaapi: '', qsv: '-pix_fmt nv12 ' }[family as string] ?? '-pix_fmt yuv420p ';
  const own = `-c:v h264_${family} ${GOLDEN[family]} -profile:v high -bf 0`;
  expect(args).toBe(`${own} ${pixels}${SHARED}`);
  expect(hardwareFilters({ family })).toHaveLength(family === 'vaapi' ? 2 : 0);
  expect(hardwareEncoder(family, render)).toBe(`h264_${family}`);
  expect(hardwareEncoder(family, { ...SMALL, quality: 'premium' })).toBeUndefined();
});

test('bit rates and devices of the order reach the encoder', () => {
  const encoding = { codec: 'hevc', bitrateKbps: 4_000 } as RenderSpec['encoding'];
  const render = { ...SMALL, quality: 'standard', encoding };
  const args = hardwareArgs({ family: 'nvenc', device: '1' }, render).join(' ');
  expect(args).toContain('-c:v hevc_nvenc -gpu 1 -preset p5');
  expect(args).toContain('-b:v 4000k -profile:v main -bf 0 -tag:v hvc1');
});

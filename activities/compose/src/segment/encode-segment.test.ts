import { afterAll, beforeAll, expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { EncodeSegmentRequest, RenderSpec, Shot } from '@aura/proto';
import { probe, runFfmpeg } from '@aura/media';
import { runningActivity } from '@aura/work';
import { createComposeActivities } from '../compose-activities.js';
import type { ComposeDependencies } from '../compose-deps.js';
import {
  babble,
  ffmpegOutput,
  filmKit,
  grayFrames,
  JOB,
  leftInScratch,
  narration,
  picture,
  published,
  SMALL,
  twoShots,
  standIn,
  waitFor,
  type FilmKit,
} from '../testing/film-kit.js';

let kit: FilmKit;
let first: Shot;
let second: Shot;
beforeAll(async () => {
  kit = await filmKit();
  [first, second] = await twoShots(kit);
});
afterAll(() => kit.remove());

const request = (changes: Partial<EncodeSegmentRequest> = {}): EncodeSegmentRequest => ({
  job: JOB,
  render: SMALL,
  language: 'en-US',
  shot: first,
  ...changes,
});

const activities = (changes: Partial<ComposeDependencies> = {}) =>
  createComposeActivities({ ...kit.dependencies, ...changes });

test('a segment is what every other segment is, with exactly its frames', async () => {
  const { video, ...segment } = await activities().encodeSegment(request());
  expect(segment).toMatchObject({ sceneId: 's01', index: 0, frames: 40 });
  const info = await probe('ffprobe', {
    file: await kit.store.localPath(video),
    demuxer: 'mov',
    codecs: ['h264'],
    countPackets: true,
  });
  expect(info.streams).toEqual([
    expect.objectContaining({
      type: 'video',
      codec: 'h264',
      profile: 'High',
      widthPx: 320,
      heightPx: 180,
      pixelFormat: 'yuv420p',
      frameRate: '25/1',
      timeBase: '1/25000',
      colorRange: 'tv',
      colorSpace: 'bt709',
      colorTransfer: 'bt709',
      colorPrimaries: 'bt709',
      packets: 40,
      startS: 0,
    }),
  ]);
});

test.each([13, 24, 29, 30, 60])('frames are exact at %i a second too', async (fps) => {
  const render: RenderSpec = { ...SMALL, fps };
  const segment = await activities().encodeSegment(
    request({ render, shot: { ...first, frames: 31 } }),
  );
  expect(await grayFrames(kit, segment.video)).toHaveLength(31);
});

test('colours stay what they were in the picture', async () => {
  const shown = { ...first, picture: await picture(kit, { colour: '#c81e32', svg: '' }) };
  const { video } = await activities().encodeSegment(request({ shot: shown }));
  const input = ['-i', await kit.store.localPath(video), '-frames:v', '1'];
  const scale = 'scale=in_color_matrix=bt709:in_range=tv,format=rgb24';
  const raw = await ffmpegOutput(kit, [...input, '-vf', scale, '-f', 'rawvideo']);
  const pixel = [...raw.subarray(40 * 320 * 3 + 300, 40 * 320 * 3 + 303)];
  for (const [index, wanted] of [0xc8, 0x1e, 0x32].entries()) {
    expect(Math.abs((pixel[index] ?? 0) - wanted)).toBeLessThanOrEqual(3);
  }
});

test('a picture of another shape covers the frame', async () => {
  const size = { widthPx: 300, heightPx: 900 };
  const shown = { ...first, picture: await picture(kit, { size, colour: '#808080', svg: '' }) };
  const { video } = await activities().encodeSegment(request({ shot: shown }));
  const [frame] = await grayFrames(kit, video);
  expect(Math.min(...(frame ?? []))).toBeGreaterThan(110);
});

test('the crossfade begins with the shot before in full and ends with this one in full', async () => {
  const alone = await activities().encodeSegment(request({ shot: second }));
  const faded = await activities().encodeSegment(request({ shot: second, previous: first }));
  const [own, mixed] = [await grayFrames(kit, alone.video), await grayFrames(kit, faded.video)];
  expect(mixed).toHaveLength(36);
  // The upper left corner shows the plain colours, captions are elsewhere.
  expect((mixed[0]?.[3 * 320 + 3] ?? 0) - (own[0]?.[3 * 320 + 3] ?? 0)).toBeGreaterThanOrEqual(6);
  expect(difference(mixed[20], own[20])).toBeLessThan(1.5);
  expect(difference(mixed[0], own[0])).toBeGreaterThan(4);
  expect(difference(mixed[6], own[6])).toBeLessThan(difference(mixed[0], own[0]));
});

test('captions appear with the first word and go after the last', async () => {
  const silent = { ...first, narration: await narration(kit, babble(1_000), []) };
  const [shown, bare] = [
    await grayFrames(kit, (await activities().encodeSegment(request())).video),
    await grayFrames(kit, (await activities().encodeSegment(request({ shot: silent }))).video),
  ];
  const captioned = shown.map((frame, index) => difference(frame, bare[index]) > 0.5);
  // Spoken from 330 to 1,180 ms; a caption may come a frame early and stays to be read.
  expect(captioned.indexOf(true) * 40).toBeGreaterThanOrEqual(270);
  expect(captioned.indexOf(true) * 40).toBeLessThanOrEqual(360);
  expect(captioned.lastIndexOf(true) * 40).toBeGreaterThanOrEqual(1_400);
  expect(captioned.lastIndexOf(true) * 40).toBeLessThanOrEqual(1_700);
});

test('asked again it does nothing and says the same', async () => {
  const once = await activities().encodeSegment(request());
  const broken = activities({ ffmpegPath: '/nonexistent/ffmpeg' });
  expect(await broken.encodeSegment(request())).toEqual(once);
});

test('progress follows the frames', async () => {
  const details = { percent: 0, detail: '', failures: 0, shutdowns: 0 };
  const seen = new Set<number>();
  const timer = setInterval(() => seen.add(details.percent), 5);
  const shot = { ...first, frames: 4_000 };
  await runningActivity.run(details, () => activities().encodeSegment(request({ shot })));
  clearInterval(timer);
  const between = [...seen].filter((percent) => percent > 2 && percent < 90);
  expect(between.length).toBeGreaterThan(0);
  expect(details).toMatchObject({ percent: 91, detail: 'checking s01' });
}, 120_000);

test.each([
  ['is missing', undefined, 'FFmpegNotFound'],
  ['crashes', 'echo "Segmentation fault" >&2; kill -SEGV $$', 'FFmpegFailedExitCode:SIGSEGV'],
  ['fails', 'echo "Conversion failed!" >&2; exit 187', 'FFmpegFailedExitCode:187'],
  ['finds the disk full', 'echo "No space left on device" >&2; exit 1', 'OutOfDiskSpace'],
  ['says so and exits with 0', 'echo "trailer: No space left on device" >&2', 'OutOfDiskSpace'],
  ['exits with 0 and a broken file', 'echo rubbish > segment.mp4', 'FilmInvalid:frames'],
  [
    'exits with 0 and a short film',
    'exec ffmpeg -nostats -v error -f lavfi -i color=red:s=320x180:r=25:d=1 -pix_fmt yuv420p -colorspace bt709 -color_range tv -color_primaries bt709 -color_trc bt709 -video_track_timescale 25000 -y segment.mp4',
    'FilmInvalid:frames',
  ],
  ['hangs', 'exec sleep 60', 'StepTimeout:subtitles'],
])('an FFmpeg that %s: nothing is published, nothing is left', async (what, script, code) => {
  const ffmpegPath =
    script === undefined ? '/nonexistent/ffmpeg' : await standIn(kit, what, script);
  // Without captions, which another FFmpeg draws; as long as no other test's segment.
  const silent = { ...first, frames: 41, narration: await narration(kit, babble(1_000), []) };
  const before = await published(kit);
  const failing = activities({ ffmpegPath, stallMs: 1_000 });
  await expect(failing.encodeSegment(request({ shot: silent }))).rejects.toMatchObject({ code });
  expect(await published(kit)).toEqual(before);
  expect(await leftInScratch(kit)).toEqual([]);
});

test('a picture that is too large, or none at all, is refused before FFmpeg sees it', async () => {
  const bomb = Buffer.from(await readFile(await kit.store.localPath(first.picture.image)));
  bomb.writeUInt32BE(16_384, 16);
  bomb.writeUInt32BE(16_384, 20);
  for (const bytes of [bomb, Buffer.from('#EXTM3U\nfile:///etc/passwd\n')]) {
    const image = await kit.store.putBytes(bytes, 'image/png');
    const shot = { ...first, picture: { ...first.picture, image } };
    await expect(activities().encodeSegment(request({ shot }))).rejects.toMatchObject({
      code: 'PictureInvalid',
    });
  }
});

test('a film with the header of a picture is not decoded as a film', async () => {
  const avi = path.join(kit.folder, 'a.avi');
  await runFfmpeg('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=d=1', avi]);
  const png = await readFile(await kit.store.localPath(first.picture.image));
  const mixed = Buffer.concat([png.subarray(0, 33), await readFile(avi)]);
  const image = await kit.store.putBytes(mixed, 'image/png');
  const shot = { ...first, picture: { ...first.picture, image } };
  await expect(activities().encodeSegment(request({ shot }))).rejects.toMatchObject({
    code: 'PictureInvalid',
  });
  await expect(
    activities({ renderer: 'ffmpeg' }).encodeSegment(request({ shot })),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^FFmpegFailedExitCode:/) });
});

test('a cancel ends FFmpeg, throws its reason and leaves nothing', async () => {
  const environment = new MockActivityEnvironment();
  const long = { ...first, frames: 5_000 };
  const running = environment.run(() => activities().encodeSegment(request({ shot: long })));
  await waitFor(async () => (await leftInScratch(kit)).length > 0);
  await waitFor(async () => (await children()).some((line) => line.includes('segment.mp4')));
  environment.cancel('CANCELLED');
  await expect(running).rejects.toMatchObject({ name: 'CancelledFailure' });
  expect((await children()).filter((line) => line.includes('segment.mp4'))).toEqual([]);
  expect(await leftInScratch(kit)).toEqual([]);
}, 120_000);

function difference(a: Buffer | undefined, b: Buffer | undefined): number {
  if (!a || !b) return Number.NaN;
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

/** The command lines of this process's own children. */
async function children(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      if (parent !== process.pid) return '';
      return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    }),
  );
  return lines.filter((line) => line !== '');
}

import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { AssembleFilmRequest, Segment, Shot } from '@aura/proto';
import { createComposeActivities } from '../compose-activities.js';
import {
  babble,
  encodeAll,
  filmKit,
  JOB,
  leftInScratch,
  narration,
  picture,
  published,
  shotOf,
  SMALL,
  spread,
  standIn,
  waitFor,
  type FilmKit,
} from '../testing/film-kit.js';

let kit: FilmKit;
let shots: Shot[];
let segments: Segment[];

beforeAll(async () => {
  kit = await filmKit();
  const words = spread('Said in short', 0, { fromMs: 50, toMs: 750 });
  const parts = {
    picture: await picture(kit),
    narration: await narration(kit, babble(800), words),
  };
  shots = [0, 1].map((index) => shotOf(index, { ...parts, frames: 30 }));
  segments = await encodeAll(kit, shots);
}, 120_000);
afterAll(() => kit.remove());

const activities = (changes = {}) => createComposeActivities({ ...kit.dependencies, ...changes });

const request = (changes: Partial<AssembleFilmRequest> = {}): AssembleFilmRequest => ({
  job: JOB,
  render: SMALL,
  title: 'Test',
  language: 'en-US',
  shots,
  segments,
  ...changes,
});

test('segments that are not those of the shots are refused, also where the film is known', async () => {
  await activities().assembleFilm(request());
  for (const wrong of [
    segments.toReversed(),
    segments.slice(1),
    segments.map((segment) => ({ ...segment, frames: segment.frames + 1 })),
  ]) {
    const refused = activities().assembleFilm(request({ segments: wrong }));
    await expect(refused).rejects.toMatchObject({ code: 'FilmInvalid:segments' });
  }
});

test('segments that were not encoded alike are refused', async () => {
  const render = { ...SMALL, widthPx: 256, heightPx: 144 };
  const [other] = await encodeAll(kit, shots.slice(0, 1), { render });
  const mixed = [other as Segment, ...segments.slice(1)];
  const refused = activities().assembleFilm(request({ segments: mixed }));
  await expect(refused).rejects.toMatchObject({ code: 'FilmInvalid:segments' });
});

test('a segment that has been cleaned up is said to be gone', async () => {
  const [first, second] = segments as [Segment, Segment];
  const lost = { ...second, video: { ...second.video, sha256: '0'.repeat(64) } };
  const refused = activities().assembleFilm(request({ segments: [first, lost] }));
  await expect(refused).rejects.toMatchObject({ code: 'ArtifactGone' });
});

test('a segment in which one bit has turned never gets into a film: BlobCorrupt names it', async () => {
  const { video } = segments[1] as Segment;
  const file = await kit.store.localPath(video);
  const whole = await readFile(file);
  const turned = Buffer.from(whole);
  turned[turned.length >> 1]! ^= 1;
  await writeFile(file, turned);
  try {
    await expect(activities().assembleFilm(request({ title: 'turned' }))).rejects.toMatchObject({
      code: 'BlobCorrupt',
      details: expect.stringContaining(video.sha256),
    });
  } finally {
    await writeFile(file, whole);
  }
});

const CUTS = 'ffmpeg "$@"; if [ -f film.mp4 ]; then truncate -s 9000 film.mp4; fi; exit 0';
const FULL = 'echo "Error writing trailer of film.mp4: No space left on device" >&2';

test.each([
  ['hangs', 'exec sleep 60', 'StepTimeout:mux'],
  ['crashes', 'exit 139', 'FFmpegFailedExitCode:139'],
  ['cuts the film and exits with 0', CUTS, 'FilmInvalid:container'],
  ['finds the disk full and exits with 0', FULL, 'OutOfDiskSpace'],
])(
  'an FFmpeg that %s: no film is published, nothing is left',
  async (what, script, code) => {
    const before = await published(kit);
    const ffmpegPath = await standIn(kit, what, script);
    // A busy machine is no hanging program.
    const failing = activities({ ffmpegPath, ...(what === 'hangs' ? { stallMs: 1_000 } : {}) });
    await expect(failing.assembleFilm(request({ title: what }))).rejects.toMatchObject({ code });
    expect(await published(kit)).toEqual(before);
    expect(await leftInScratch(kit)).toEqual([]);
  },
  120_000,
);

test('a cancel ends the work, throws its reason and leaves nothing', async () => {
  const before = await published(kit);
  const environment = new MockActivityEnvironment();
  const running = environment.run(() => activities().assembleFilm(request({ title: 'Canceled' })));
  await waitFor(async () => (await leftInScratch(kit)).length > 0);
  environment.cancel('CANCELLED');
  await expect(running).rejects.toMatchObject({ name: 'CancelledFailure' });
  expect(await published(kit)).toEqual(before);
  expect(await leftInScratch(kit)).toEqual([]);
});

test('120 scenes are joined as two are, in constant memory', async () => {
  const words = spread('Short', 0, { fromMs: 20, toMs: 280 });
  const spoken = await narration(kit, babble(300), words);
  const still = await picture(kit);
  const many = Array.from({ length: 120 }, (_, index) =>
    shotOf(index, { picture: still, narration: spoken, frames: 10, leadMs: 60 }),
  );
  const [segment] = await encodeAll(kit, many.slice(0, 1));
  const all = many.map(({ sceneId, index }) => ({ ...(segment as Segment), sceneId, index }));
  const before = process.memoryUsage().rss;
  const film = await activities().assembleFilm(request({ shots: many, segments: all }));
  expect(film).toMatchObject({ frames: 1_200, durationMs: 48_000 });
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
}, 120_000);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EncodeSegmentRequest, Shot } from '@aura/proto';
import { runProgram } from '@aura/media';
import { createComposeActivities } from '../compose-activities.js';
import type { ComposeDependencies } from '../compose-deps.js';
import {
  babble,
  filmKit,
  JOB,
  narration,
  picture,
  SMALL,
  twoShots,
  type FilmKit,
} from '../testing/film-kit.js';
import { readFragment } from '../timeline/read-fragment.js';
import { segmentInputs } from './encode-segment.js';

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

test('the fonts of its captions change the key of a segment, where it has captions', async () => {
  const fontsFolder = path.join(kit.folder, 'own-fonts');
  const keyOf = async (shot: Shot, changes: Partial<ComposeDependencies> = {}) =>
    (await activities(changes).encodeSegment(request({ shot }))).unitKey;
  const { stdout } = await runProgram('fc-match', ['--format', '%{file}', 'Noto Sans']);
  const bare = await keyOf(first);
  await mkdir(fontsFolder);
  expect(await keyOf(first, { fontsFolder })).toBe(bare);
  await copyFile(stdout, path.join(fontsFolder, 'own.ttf'));
  const own = await keyOf(first, { fontsFolder });
  expect(own).not.toBe(bare);
  expect(await keyOf(first, { fontsFolder })).toBe(own);
  await writeFile(path.join(fontsFolder, 'own.ttf'), 'another font');
  expect(await keyOf(first, { fontsFolder })).not.toBe(own);
  const silent = { ...first, narration: await narration(kit, babble(1_000), []) };
  expect(await keyOf(silent, { fontsFolder })).toBe(await keyOf(silent));
});

/** What the key of a segment is made from. */
async function inputsOf(asked: EncodeSegmentRequest, fonts = 'f'): Promise<string> {
  const fragment = await readFragment(kit.store, asked);
  return JSON.stringify(segmentInputs(asked, { fragment, encoderPreset: 'fast', fonts }));
}

test('what shows in a segment changes its key, nothing else does', async () => {
  const base = await inputsOf(request({ previous: second }));
  const other = await picture(kit, { colour: '#111111' });
  const timings = await kit.store.putBytes('{"source":"measured","words":[]}', 'application/json');
  const shows: EncodeSegmentRequest[] = [
    request({ render: { ...SMALL, quality: 'premium' }, previous: second }),
    request({ language: 'de', previous: second }),
    request({ shot: { ...first, sceneId: 's09' }, previous: second }),
    request({ shot: { ...first, frames: 41 }, previous: second }),
    request({ shot: { ...first, leadMs: 400 }, previous: second }),
    request({ shot: { ...first, picture: other }, previous: second }),
    request({ shot: { ...first, narration: { ...first.narration, timings } }, previous: second }),
    request({ previous: { ...second, frames: 20 } }),
    request({ previous: { ...second, picture: other } }),
    request({ previous: { ...second, sceneId: 's10' } }),
    request({}),
  ];
  expect(await inputsOf(request({ previous: second }), 'g')).not.toBe(base);
  for (const changed of shows) expect(await inputsOf(changed)).not.toBe(base);
  const audio = { ...first.narration, audio: timings, provider: 'other', unitKey: 'k' };
  const hidden: EncodeSegmentRequest[] = [
    request({ job: { ...JOB, run: 2, videoId: 'v2', correlationId: 'x' }, previous: second }),
    request({ shot: { ...first, index: 7, narration: audio }, previous: second }),
    request({ previous: { ...second, narration: audio, leadMs: 1, index: 5 } }),
  ];
  for (const same of hidden) expect(await inputsOf(same)).toBe(base);
});

test('films that differ in container, ladder, preview or sound are made of the same segments', async () => {
  const encoding = { codec: '', container: '', crf: 0, bitrateKbps: 0, bitDepth: 0, hdr: '' };
  const wish = { ...encoding, hls: false, audioOnly: false, preview: '' };
  const withWish = (changes: object) =>
    inputsOf(request({ render: { ...SMALL, encoding: { ...wish, ...changes } } }));
  const base = await inputsOf(request());
  for (const same of [{ container: 'mkv' }, { hls: true }, { preview: 'gif' }, { codec: 'h264' }]) {
    expect(await withWish(same)).toBe(base);
  }
  for (const other of [{ codec: 'hevc' }, { crf: 30 }, { twoPass: true }, { bitrateKbps: 900 }]) {
    expect(await withWish(other)).not.toBe(base);
  }
});

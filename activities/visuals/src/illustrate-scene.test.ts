import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import sharp from 'sharp';
import type { Picture } from '@aura/proto';
import {
  sceneRequest,
  visualsStage,
  type SceneOrder,
  type VisualsStage,
} from './testing/visuals-stage.js';

const KINDS = ['title', 'statement', 'list', 'number', 'quote', 'closing'];
const ASPECTS = ['16:9', '9:16', '1:1', '4:5'];

let stage: VisualsStage;
beforeAll(async () => {
  stage = await visualsStage();
});
afterAll(() => stage.close());

const draw = (changes: SceneOrder = {}): Promise<Picture> => stage.illustrate(changes);

test('every kind draws in every aspect: a PNG of even size, larger than the frame, that is not blank', async () => {
  for (const aspect of ASPECTS) {
    const frame = sceneRequest({ aspect }).render;
    for (const kind of [...KINDS, 'something else']) {
      const picture = await draw({ aspect, scene: { kind } });
      const image = sharp(await stage.bytesOf(picture));
      const { width, height, format, channels, space } = await image.metadata();
      expect({ format, channels, space }).toEqual({ format: 'png', channels: 3, space: 'srgb' });
      expect([width, height]).toEqual([picture.widthPx, picture.heightPx]);
      expect(width).toBeGreaterThanOrEqual(frame.widthPx * 1.12);
      expect(height).toBeGreaterThanOrEqual(frame.heightPx * 1.12);
      expect(picture).toMatchObject({ provider: 'cards', warnings: [] });
      expect(picture.image.mediaType).toBe('image/png');
    }
  }
  expect(await readdir(path.join(stage.root, 'scratch'))).toEqual([]);
});

test('the same scene gives the same bytes in another store, and is not drawn twice in one', async () => {
  const other = await visualsStage();
  try {
    const [first, again] = [await draw(), await draw({ job: { run: 2, correlationId: 'c2' } })];
    expect(again).toEqual(first);
    expect(await other.illustrate()).toEqual(first);
  } finally {
    await other.close();
  }
});

test('what shows in the picture changes its key, and nothing else does', async () => {
  const { unitKey } = await draw();
  const shows: SceneOrder[] = [
    { scene: { heading: 'Other words' } },
    { scene: { kind: 'title' } },
    { scene: { id: 's03' } },
    { scene: { index: 2 } },
    { scene: { keywords: ['fire'] } },
    { scene: { points: ['Four'] } },
    { look: { title: 'Lakes' } },
    { look: { style: 'news' } },
    { look: { language: 'ar' } },
    { look: { sceneCount: 7 } },
    { aspect: '4:5' },
  ];
  const keys = await Promise.all(shows.map(async (change) => (await draw(change)).unitKey));
  expect(new Set([unitKey, ...keys]).size).toBe(shows.length + 1);
  const hidden: SceneOrder[] = [
    { scene: { narration: 'Said, not shown.' } },
    { scene: { visualPrompt: 'anything' } },
    { scene: { points: ['One', 'a second line that a statement does not show'] } },
    { job: { videoId: 'v2', run: 3, correlationId: 'c3' } },
  ];
  for (const change of hidden) expect((await draw(change)).unitKey).toBe(unitKey);
});

test('a scene without a heading shows the first words of its narration, a quote all of them', async () => {
  const narration = 'No man ever steps in the same river twice.';
  const quoted = await draw({ scene: { kind: 'quote', heading: '', narration } });
  const other = await draw({ scene: { kind: 'quote', heading: '', narration: 'Another saying.' } });
  expect(quoted.image.sha256).not.toBe(other.image.sha256);
  const long = 'word '.repeat(2_000);
  const first = await draw({ scene: { heading: '', narration: `${long} a` } });
  expect((await draw({ scene: { heading: '', narration: `${long} b` } })).unitKey).toBe(
    first.unitKey,
  );
  await draw({
    scene: { heading: '', narration: '', points: [], keywords: [] },
    look: { title: '' },
  });
});

test.each([
  '<script>alert(1)</script>',
  '&#0; &lt;b&gt; &amp; "quotes" \'single\'',
  ']]><image href="file:///etc/passwd"/><![CDATA[',
  '</text></svg><svg onload="x">',
  '{{7*7}} ${7*7} %s %n \\u0000 \\',
  'url(http://169.254.169.254/) <use xlink:href="http://example.org/x.svg#a"/>',
])('hostile text is drawn literally: %s', async (heading) => {
  const points = [heading, heading];
  const plain = await draw({ scene: { heading: 'x', id: heading, keywords: [heading] } });
  for (const kind of KINDS) {
    const scene = { kind, heading, points, id: heading, keywords: [heading] };
    const picture = await draw({ scene });
    expect(picture.warnings).toEqual([]);
    expect(picture.image.sha256).not.toBe(plain.image.sha256);
  }
});

test('control characters, overrides and a hundred thousand characters do no harm', async () => {
  const begin = process.cpuUsage();
  for (const heading of [
    'a\u0000b\u202Ecba\u2066',
    'x'.repeat(100_000),
    'é\u0301'.repeat(50_000),
    '字'.repeat(100_000),
  ]) {
    const points = Array.from({ length: 200 }, () => heading);
    for (const kind of ['list', 'number', 'statement'])
      await draw({ scene: { kind, heading, points } });
  }
  expect(process.cpuUsage(begin).user).toBeLessThan(10_000_000);
});

test('characters that no font draws are left out with a warning', async () => {
  const { warnings } = await draw({ scene: { heading: 'A party 👩‍👩‍👧 for all' } });
  expect(warnings).toEqual([
    expect.objectContaining({ code: 'GlyphsMissing', stage: 'visuals', sceneId: 's02' }),
  ]);
  expect(warnings[0]?.message).toContain('U+1F469');
});

test.each(KINDS)('a %s of which no font draws anything is drawn without text', async (kind) => {
  const emoji = '👩‍👩‍👧 🇩🇪';
  const { warnings, image } = await draw({
    scene: { kind, heading: emoji, points: [emoji], narration: '', keywords: [] },
  });
  expect(image.bytes).toBeGreaterThan(1_000);
  expect(warnings).toEqual([
    {
      code: 'GlyphsMissing',
      message: expect.stringContaining('shows no text'),
      stage: 'visuals',
      sceneId: 's02',
    },
  ]);
});

test('an unknown provider is refused, and one without its key says which is missing', async () => {
  await expect(draw({ provider: 'dreams' })).rejects.toMatchObject({ code: 'InternalError' });
  await expect(draw({ provider: 'pexels' })).rejects.toMatchObject({
    code: 'MissingApiKey:PEXELS_API_KEY',
    message: 'PEXELS_API_KEY is not set.',
  });
});

test('a cancel ends the work with its own reason and publishes nothing', async () => {
  const environment = new MockActivityEnvironment();
  const empty = await visualsStage();
  try {
    environment.cancel();
    await expect(environment.run(() => empty.illustrate())).rejects.toMatchObject({
      name: 'CancelledFailure',
    });
    expect(await readdir(empty.root)).not.toContain('blobs');
  } finally {
    await empty.close();
  }
});

test('a broken font among the user’s own does not stop a film', async () => {
  const fontsFolder = await mkdtemp(path.join(os.tmpdir(), 'aura-fonts-'));
  try {
    await writeFile(path.join(fontsFolder, 'Broken-Bold.ttf'), Buffer.alloc(5_000, 7));
    await writeFile(path.join(fontsFolder, 'Empty.otf'), '');
    const other = await visualsStage({ fontsFolder });
    expect((await other.illustrate()).warnings).toEqual([]);
    await other.close();
  } finally {
    await rm(fontsFolder, { recursive: true, force: true });
  }
});

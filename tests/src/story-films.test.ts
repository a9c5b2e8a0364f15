import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FilmStyle, IllustrateSceneRequest, Overlay, Scene, Visual } from '@aura/proto';
import { BAR, STYLE } from './story/edit-styles.js';
import { listening, RENDER } from './story/listening.js';
import { testKeptTakes } from './story/kept-takes.js';
import { BLOB, failing, narrationOf } from './story/scenario.js';
import { startStories, type Stories } from './story/stories.js';

/** What the stages are asked for where a film has a style, a timeline of the user's, or further shapes. */
let stories: Stories;

beforeAll(async () => {
  stories = await startStories();
}, 120_000);

afterAll(() => stories?.stop(), 60_000);

function styleWith(overlays: Overlay[]): FilmStyle {
  return { ...STYLE, overlays };
}

test('a bar over the whole film tells every segment its place; a style that stands still does not', async () => {
  const timed = listening();
  await stories.produce({
    overrides: timed.overrides,
    order: { style: styleWith([BAR, { ...BAR, kind: 'text', start: 10, frames: 20 }]) },
  });
  const segments = timed.segments.toSorted((a, b) => a.shot.index - b.shot.index);
  const total = segments.reduce((sum, { shot }) => sum + shot.frames, 0);
  let start = 0;
  for (const { shot, place, style } of segments) {
    expect(place).toEqual({ start, filmFrames: total });
    expect(style?.overlays.map(({ kind }) => kind)).toEqual(
      start === 0 ? ['progress', 'text'] : ['progress'],
    );
    start += shot.frames;
  }
  const still = listening();
  await stories.produce({
    overrides: still.overrides,
    order: { style: styleWith([{ ...BAR, kind: 'text', lines: ['Aura'] }]) },
  });
  expect(still.segments.map(({ place }) => place)).toEqual([undefined, undefined, undefined]);
  expect(still.films[0]?.style?.overlays).toHaveLength(1);
});

test('further shapes share words and pictures, and their files are told apart', async () => {
  const { segments, films, overrides } = listening();
  const tall = { ...RENDER, widthPx: 360, heightPx: 640, aspect: '9:16' };
  const outputs = [tall, { ...tall, platform: 'tiktok', fps: 60 }];
  const story = await stories.produce({ overrides, order: { render: RENDER, outputs } });
  expect(story.finished?.state).toBe('succeeded');
  const asked = (name: string) => story.calls.filter((call) => call.startsWith(name)).length;
  expect([asked('narrate'), asked('illustrate'), asked('encode')]).toEqual([3, 3, 9]);
  expect(films.map(({ render }) => render.aspect)).toEqual(['16:9', '9:16', '9:16']);
  const lengths = films.map(({ shots }) => shots.map(({ frames }) => frames));
  expect(lengths[1]).toEqual(lengths[0]);
  // Whole frames that a scene lies within, at twice the rate.
  expect(lengths[2]?.map((frames) => Math.ceil(frames / 2))).toEqual(lengths[0]);
  expect(segments).toHaveLength(9);
  const files = story.finished?.film?.files?.files.map(({ kind, label }) => `${kind} ${label}`);
  expect(files?.filter((name) => name.startsWith('output'))).toEqual([
    'output 9x16-360p',
    'output tiktok',
  ]);
});

test('what is drawn for its frame is drawn again in another shape', async () => {
  const { overrides } = listening();
  const facts = { kind: 'drawing', remote: false, configured: true, account: '', gives: '' };
  const cards = { name: 'cards', stage: 'visuals', usable: true, reason: '', languages: [] };
  const { calls } = await stories.produce({
    overrides,
    plan: { providers: [{ ...cards, facts: { ...facts, models: [] } }] },
    order: { outputs: [{ ...RENDER, widthPx: 360, heightPx: 640, aspect: '9:16' }] },
  });
  expect(calls.filter((call) => call.startsWith('illustrate'))).toHaveLength(6);
});

test('in another shape nobody paints what was drawn because painting failed', async () => {
  const { overrides } = listening();
  const facts = { remote: false, configured: true, account: '', gives: '', models: [] };
  const known = (name: string, kind: string) => {
    const report = { name, stage: 'visuals', usable: true, reason: '', languages: [] };
    return { ...report, facts: { ...facts, kind } };
  };
  const refused: string[] = [];
  const illustrateScene = async ({ scene, provider }: IllustrateSceneRequest) => {
    const isFirst = provider === 'painter' && scene.id === 's02' && refused.length === 0;
    if (isFirst) {
      refused.push(scene.id);
      failing('API_ERROR', 'provider');
    }
    return { image: BLOB, widthPx: 640, heightPx: 360, provider, unitKey: '', warnings: [] };
  };
  const { calls, finished } = await stories.produce({
    overrides: { ...overrides, illustrateScene },
    plan: {
      chains: { script: ['rules'], voice: ['flite'], visuals: ['painter', 'cards'] },
      providers: [known('painter', 'picture-generator'), known('cards', 'drawing')],
    },
    order: { outputs: [{ ...RENDER, widthPx: 360, heightPx: 640, aspect: '9:16' }] },
  });
  expect(finished?.state).toBe('succeeded');
  const asked = calls.filter((call) => call.startsWith('illustrate') && call.includes('s02'));
  expect(asked.map((call) => call.split(' ').at(-1))).toEqual(['painter', 'cards', 'cards']);
  expect(finished?.making?.makers).toContainEqual({
    stage: 'visuals',
    sceneId: 's02',
    take: 0,
    provider: 'cards',
  });
});

test('a film for the ear alone has no pictures and no segments', async () => {
  const { films, overrides } = listening();
  const encoding = { codec: '', container: 'm4a', crf: 0, bitrateKbps: 0, twoPass: false };
  const render = {
    ...RENDER,
    encoding: { ...encoding, bitDepth: 0, hdr: '', hls: false, audioOnly: true, preview: '' },
  };
  const { calls, finished, advances } = await stories.produce({ overrides, order: { render } });
  expect(finished?.state).toBe('succeeded');
  expect(calls.filter((call) => /illustrate|encode/.test(call))).toEqual([]);
  expect(films[0]?.shots).toHaveLength(3);
  expect(films[0]?.segments).toEqual([]);
  expect(advances.at(-1)?.steps.every(({ state }) => state === 'succeeded')).toBe(true);
});

test('a preview of the first scenes is there while others are made, grows, and fails nothing', async () => {
  const { films, overrides } = listening();
  const full = { ...RENDER, widthPx: 1_920, heightPx: 1_080, quality: 'standard' };
  const order = { render: full, rollingPreview: true };
  const { advances, finished } = await stories.produce({ overrides, scenes: 4, order });
  expect(finished?.state).toBe('succeeded');
  const previews = films.filter(({ render }) => render.heightPx === 360);
  expect(previews.length).toBeGreaterThan(0);
  expect(previews[0]).toMatchObject({ render: { widthPx: 640, quality: 'draft' } });
  const scenes = previews.map(({ shots }) => shots.length);
  expect(scenes).toEqual([...new Set(scenes)].toSorted((a, b) => a - b));
  const files = advances.flatMap((one) => one.files?.files ?? []);
  expect(files).toEqual(previews.map(() => ({ kind: 'preview', label: 'rolling', blob: BLOB })));

  const broken = await stories.produce({
    overrides: {
      ...overrides,
      assembleFilm: async (request) =>
        request.render.heightPx === 360
          ? failing('FFmpegNotFound', 'machine')
          : overrides.assembleFilm(request),
    },
    order,
  });
  expect(broken.finished?.state).toBe('succeeded');
  expect(broken.finished?.warnings).toMatchObject([{ code: 'PreviewFailed' }]);
});

const scene = (index: number): Scene => ({
  id: `v0${index + 1}`,
  index,
  kind: 'statement',
  narration: '',
  heading: '',
  points: [],
  visualPrompt: 'A bee',
  keywords: [],
});
const visual = (index: number, colour: string): Visual => ({
  sceneId: `v0${index + 1}`,
  start: index * 90,
  frames: 90,
  source: { colour },
  fit: 'cover',
});

const cut = {
  title: 'Bees',
  shots: [
    { scene: scene(0), visual: visual(0, '') },
    { scene: scene(1), visual: visual(1, '#102030') },
  ],
  narration: [
    { id: 'n01', start: 10, frames: 130, text: 'Bees fly.' },
    { id: 'n02', start: 140, frames: 40, text: 'Far.' },
  ],
};

test('a film of the user’s own cut has the user’s frames; only what it leaves open is pictured', async () => {
  const { segments, films, overrides } = listening();
  const { calls, finished } = await stories.produce({
    overrides,
    order: { timeline: BLOB, cut },
  });
  expect(finished?.state).toBe('succeeded');
  const made = calls.filter((call) => /Script|Pace|narrate|illustrate/.test(call));
  // What is said is said side by side, and before anything is pictured.
  expect(made.slice(0, 2).toSorted()).toEqual(['narrateScene n01 first', 'narrateScene n02 first']);
  expect(made.slice(2)).toEqual(['illustrateScene v01 cards']);
  const ordered = segments.toSorted((a, b) => a.shot.index - b.shot.index);
  expect(ordered.map(({ shot, place }) => [shot.frames, place?.start, place?.filmFrames])).toEqual([
    [90, 0, 180],
    [90, 90, 180],
  ]);
  const said = ordered.map(({ narrations }) => narrations?.narrations.map(({ start }) => start));
  expect(said).toEqual([[10], [10, 140]]);
  expect(ordered.every(({ timeline }) => timeline?.sha256 === BLOB.sha256)).toBe(true);
  expect(films[0]).toMatchObject({ title: 'Bees', timeline: BLOB });
  expect(films[0]?.narrations?.narrations).toHaveLength(2);
});

test('words that do not fit their place fail the job before anything is pictured', async () => {
  const { overrides } = listening();
  const { calls, finished } = await stories.produce({
    overrides: {
      ...overrides,
      narrateScene: async (request) => {
        expect(request.maxMs).toBe(request.sceneId === 'n01' ? 4_333 : 1_333);
        return request.sceneId === 'n02'
          ? failing('NarrationTooLong', 'caller')
          : narrationOf(request);
      },
    },
    order: { timeline: BLOB, cut },
  });
  expect(finished).toMatchObject({ state: 'failed', failure: { code: 'NarrationTooLong' } });
  expect(calls.filter((call) => call.startsWith('illustrate'))).toEqual([]);
});

test('what the user has recorded is asked of nobody else, and ends where its place ends', async () => {
  const { overrides } = listening();
  const asked = new Map<string, unknown>();
  const narration = [
    { id: 'n01', start: 10, frames: 30, text: 'Bees fly.' },
    { id: 'n02', start: 100, frames: 30, text: '', audio: BLOB },
  ];
  const { finished } = await stories.produce({
    overrides: {
      ...overrides,
      narrateScene: async (request) => {
        const { provider, sceneId, audio, maxMs } = request;
        asked.set(sceneId, [provider, audio?.sha256, maxMs]);
        return sceneId === 'n02' ? failing('AssetInvalid', 'caller') : narrationOf(request);
      },
    },
    order: { timeline: BLOB, cut: { ...cut, narration } },
  });
  // After the first there is room for the silence that speech ends with.
  expect(asked.get('n01')).toEqual(['first', undefined, 1_250]);
  expect(asked.get('n02')).toEqual(['own', BLOB.sha256, 1_000]);
  expect(finished).toMatchObject({ state: 'failed', failure: { code: 'AssetInvalid' } });
});

testKeptTakes(() => stories);

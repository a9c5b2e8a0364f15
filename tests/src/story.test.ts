import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  beating,
  BLOB,
  failing,
  narrationOf,
  reportOn,
  SCENE_MS,
  scriptOf,
} from './story/scenario.js';
import { startStories, type Stories } from './story/stories.js';

/** What no film can be made to do; the stages' own work is proved elsewhere. */
let stories: Stories;

beforeAll(async () => {
  stories = await startStories();
}, 120_000);

afterAll(() => stories?.stop(), 60_000);

const twoVoices = { chains: { script: ['rules'], voice: ['first', 'second'], visuals: ['cards'] } };

test('a provider that fails is replaced by the next, for that scene only, and the film says so', async () => {
  const { calls, finished, advances } = await stories.produce({
    plan: twoVoices,
    overrides: {
      narrateScene: async (request) => {
        if (request.provider === 'first' && request.sceneId === 's02')
          failing('VoiceFailed', 'provider');
        return narrationOf(request);
      },
    },
  });
  expect(finished?.state).toBe('succeeded');
  expect(calls.filter((call) => call.startsWith('narrate')).toSorted()).toEqual([
    'narrateScene s01 first',
    'narrateScene s02 first',
    'narrateScene s02 second',
    'narrateScene s03 first',
  ]);
  expect(finished?.warnings).toMatchObject([{ code: 'ProviderReplaced', stage: 'voice' }]);
  const replaced = {
    stage: 'voice',
    sceneId: 's02',
    unit: 'narrateScene',
    asked: 'first',
    used: 'second',
    code: 'VoiceFailed',
    reason: 'It failed with VoiceFailed.',
  };
  expect(finished?.replacements).toEqual([replaced]);
  expect(advances.flatMap(({ replacements }) => replacements)).toEqual([replaced]);
});

test('a provider that hangs costs one time limit, once, and the next one does its work', async () => {
  const { calls, finished } = await stories.produce({
    plan: {
      ...twoVoices,
      limits: {
        heartbeatTimeoutMs: 5_000,
        lanes: 1,
        gpuWaitMs: 500,
        stageTimeoutsMs: { voice: 1_500 },
      },
    },
    overrides: {
      narrateScene: async (request) => {
        if (request.provider === 'first' && request.sceneId === 's02') await beating(4_000);
        return narrationOf(request);
      },
    },
  });
  expect(calls.filter((call) => call.startsWith('narrateScene s02'))).toEqual([
    'narrateScene s02 first',
    'narrateScene s02 second',
  ]);
  expect(finished?.replacements).toMatchObject([
    { sceneId: 's02', asked: 'first', used: 'second', code: 'StepTimeout:narration' },
  ]);
});

test('a key that is refused in the middle of a job is left alone for the rest of it', async () => {
  const { calls, finished } = await stories.produce({
    scenes: 6,
    plan: {
      ...twoVoices,
      limits: { heartbeatTimeoutMs: 10_000, lanes: 1, gpuWaitMs: 1_000, stageTimeoutsMs: {} },
      providers: [reportOn('first', 'account 1'), reportOn('second', 'account 2')],
    },
    overrides: {
      narrateScene: async (request) => {
        if (request.provider === 'first' && request.sceneId >= 's03') {
          failing('AUTH_FAILED', 'provider');
        }
        return narrationOf(request);
      },
    },
  });
  expect(finished?.state).toBe('succeeded');
  const asked = calls.filter((call) => call.startsWith('narrate') && call.endsWith('first'));
  expect(asked).toEqual(['s01', 's02', 's03'].map((scene) => `narrateScene ${scene} first`));
  expect(finished?.replacements.map(({ sceneId, code, used }) => [sceneId, code, used])).toEqual(
    ['s03', 's04', 's05', 's06'].map((scene) => [scene, 'AUTH_FAILED', 'second']),
  );
  const last = finished?.replacements.at(-1)?.reason;
  expect(last).toBe('At scene s03, and left alone from then on: It failed with AUTH_FAILED.');
  const { chains, makers = [] } = finished?.making ?? {};
  expect(chains).toEqual(twoVoices.chains);
  const voices = makers.filter(({ stage }) => stage === 'voice');
  expect(voices.map(({ sceneId, provider }) => `${sceneId} ${provider}`)).toEqual([
    's01 first',
    's02 first',
    ...['s03', 's04', 's05', 's06'].map((scene) => `${scene} second`),
  ]);
});

test.each([
  ['InvalidInput:brief', 'caller'],
  ['OutOfDiskSpace', 'machine'],
  ['InternalError', 'aura'],
])('%s is not the provider’s fault and is not shopped around others', async (code, fault) => {
  const { calls, finished } = await stories.produce({
    plan: twoVoices,
    overrides: { measurePace: async () => failing(code, fault) },
  });
  expect(finished).toMatchObject({
    state: 'failed',
    failure: { code, stage: 'script', step: 'script', correlationId: expect.stringMatching('c-') },
  });
  expect(calls.filter((call) => call.startsWith('measurePace'))).toEqual(['measurePace first']);
});

test('where the last provider fails, its failure is the job’s, with stage, step and scene', async () => {
  const { finished, calls } = await stories.produce({
    plan: twoVoices,
    overrides: {
      narrateScene: async (request) =>
        request.sceneId === 's03'
          ? failing(`VoiceUnavailable:${request.provider}`, 'provider')
          : narrationOf(request),
    },
  });
  expect(finished?.failure).toMatchObject({
    code: 'VoiceUnavailable:second',
    stage: 'voice',
    step: 'narration',
    sceneId: 's03',
    details: expect.stringMatching(/^for operators\nfirst: VoiceUnavailable:first/),
  });
  expect(calls.at(-1)).toBe('releaseScratch');
});

test('without a provider nothing is asked, and the job fails instead of hanging', async () => {
  const { finished } = await stories.produce({
    plan: { chains: { script: [], voice: ['first'], visuals: ['cards'] } },
  });
  expect(finished).toMatchObject({ state: 'failed', failure: { stage: 'script' } });
});

test('a script that comes out too long is written once more, at the pace as spoken, and only once', async () => {
  const paces: number[] = [];
  const { finished, calls } = await stories.produce({
    overrides: {
      writeScript: async ({ pace, provider }) => {
        paces.push(pace.msPerCharacter);
        return scriptOf(3, provider);
      },
      narrateScene: async (request) => narrationOf(request, SCENE_MS * 2),
    },
  });
  expect(finished?.state).toBe('succeeded');
  expect(paces).toHaveLength(2);
  expect(paces[1]).toBeGreaterThan(paces[0]! * 1.5);
  expect(calls.filter((call) => call === 'assembleFilm')).toHaveLength(1);
  expect(calls.filter((call) => call.startsWith('encodeSegment'))).toHaveLength(6);
});

test('a film that is too short because there is nothing more to say is left as it is', async () => {
  const { calls } = await stories.produce({
    overrides: {
      writeScript: async ({ provider }) => ({ ...scriptOf(3, provider), materialExhausted: true }),
      narrateScene: async (request) => narrationOf(request, SCENE_MS / 2),
    },
  });
  expect(calls.filter((call) => call.startsWith('writeScript'))).toHaveLength(1);
});

test('no more scenes are spoken and drawn at a time than there are lanes, and no segment waits for the last voice', async () => {
  const inWork = new Set<string>();
  let most = 0;
  const { calls } = await stories.produce({
    scenes: 6,
    plan: { limits: { heartbeatTimeoutMs: 5_000, lanes: 2, gpuWaitMs: 500, stageTimeoutsMs: {} } },
    overrides: {
      narrateScene: async (request) => {
        inWork.add(request.sceneId);
        most = Math.max(most, inWork.size);
        await sleep(30);
        inWork.delete(request.sceneId);
        return narrationOf(request);
      },
      encodeSegment: async ({ shot }) => {
        await sleep(500);
        const { sceneId, index, frames } = shot;
        return { sceneId, index, frames, video: BLOB, unitKey: sceneId };
      },
    },
  });
  expect(most).toBe(2);
  expect(calls.indexOf('encodeSegment s01')).toBeLessThan(calls.indexOf('narrateScene s06 first'));
  // Nor does the last voice wait for the first segment: encoding is bounded by its own queue.
  expect(calls.filter((call) => call.startsWith('encodeSegment'))).toHaveLength(6);
});

test('a failed scene does not throw away the others: what is in work ends, nothing more is begun', async () => {
  const ended: string[] = [];
  const { calls, finished } = await stories.produce({
    scenes: 8,
    plan: { limits: { heartbeatTimeoutMs: 5_000, lanes: 3, gpuWaitMs: 500, stageTimeoutsMs: {} } },
    overrides: {
      illustrateScene: async ({ provider, scene }) => {
        if (scene.id === 's02') failing('PictureInvalid', 'provider');
        await sleep(300);
        ended.push(scene.id);
        return {
          image: BLOB,
          widthPx: 1,
          heightPx: 1,
          provider,
          unitKey: '',
          warnings: [],
        };
      },
    },
  });
  expect(finished?.failure).toMatchObject({ code: 'PictureInvalid', sceneId: 's02' });
  expect(ended.toSorted()).toEqual(['s01', 's03']);
  expect(calls.filter((call) => call.startsWith('encodeSegment')).length).toBeGreaterThan(0);
  expect(calls.filter((call) => call.startsWith('narrateScene'))).toHaveLength(3);
});

test('the report holds what was replaced in the film that came to be, not in the script before it', async () => {
  let scripts = 0;
  const { finished } = await stories.produce({
    plan: twoVoices,
    overrides: {
      writeScript: async ({ provider }) => scriptOf(scripts++ === 0 ? 9 : 3, provider),
      narrateScene: async (request) => {
        if (request.provider === 'first' && scripts === 1) failing('VoiceFailed', 'provider');
        return narrationOf(request);
      },
    },
  });
  expect([scripts, finished?.state, finished?.replacements]).toEqual([2, 'succeeded', []]);
});

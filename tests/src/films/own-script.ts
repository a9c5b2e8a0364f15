import { beforeAll, expect, test } from 'vitest';
import type { Script } from '@aura/proto';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  activitiesIn,
  downloadFilm,
  filmFacts,
  historyOf,
  jobRow,
  post,
  plainStack,
  untilSucceeded,
  type Stack,
} from '../harness/index.js';

/** Films of scripts that their users have written. */
let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

async function film(script: object, more: object = {}): Promise<string> {
  const options = { quality: 'draft', fps: 12 };
  const answer = await post(`${stack.url}/api/videos/generate`, { script, options, ...more });
  expect(answer.status).toBe(202);
  const { jobId } = (await answer.json()) as { jobId: string };
  await untilSucceeded(stack, jobId);
  return jobId;
}

async function scriptOf(jobId: string): Promise<Script> {
  return (await jobRow(stack, jobId))['script'] as Script;
}

test('scenes become a film of just these words, written once, as long as they take', async () => {
  const scenes = [
    { narration: 'Lighthouse keepers counted ships.' },
    { narration: 'They wrote the names down.', points: ['Name', 'Hour'], heading: 'The book' },
  ];
  const jobId = await film({ title: 'The keeper’s book', scenes }, { durationMinutes: 5 });
  const script = await scriptOf(jobId);
  expect(script.title).toBe('The keeper’s book');
  expect(script.scenes).toMatchObject([scenes[0]!, { ...scenes[1]!, kind: 'list' }]);
  expect((await jobRow(stack, jobId))['warnings']).toEqual([]);
  const written = activitiesIn(await historyOf(stack, jobId)).filter(
    ({ name }) => name === 'writeScript',
  );
  expect(written).toHaveLength(1);
  const { durationMs } = await filmFacts(await downloadFilm(stack, jobId));
  expect(durationMs).toBeGreaterThan(4_000);
  expect(durationMs).toBeLessThan(14_000);
}, 120_000);

test('a text is spoken as it is', async () => {
  const text = 'The keeper slept.\n\nThe keeper slept. Nobody came to wake him.';
  const { scenes } = await scriptOf(await film({ text }));
  const spoken = scenes.map(({ narration }) => narration).join(' ');
  expect(spoken).toBe('The keeper slept. The keeper slept. Nobody came to wake him.');
}, 120_000);

test('a scene shows the picture that was uploaded for it, and a broken one is replaced and told', async () => {
  const red = await upload(await square('red'));
  const broken = await upload(
    Buffer.from('ffd8ffe00004aaaaffc0001108010001000301220002110103110100', 'hex'),
  );
  const scenes = [
    { narration: 'This is red.', assetId: red },
    { narration: 'This is not there.', assetId: broken },
  ];
  const jobId = await film({ scenes });
  expect((await jobRow(stack, jobId))['replacements']).toMatchObject([
    { stage: 'visuals', sceneId: 's02', asked: 'own-media', used: 'cards', code: 'PictureInvalid' },
  ]);
  for (const route of ['status', 'metadata']) {
    const answer = await fetch(`${stack.url}/api/videos/${jobId}/${route}`);
    const { chains, makers, cost } = (await answer.json()) as Told;
    expect(chains).toMatchObject({ script: ['own'], visuals: ['figures', 'cards'] });
    expect(makers).toEqual([
      { sceneId: 's01', script: 'own', voice: chains.voice[0], visuals: 'own-media' },
      { sceneId: 's02', script: 'own', voice: chains.voice[0], visuals: 'cards' },
    ]);
    expect(cost).toMatchObject({ usd: 0, possibleUsd: 0, calls: 0, refused: 0 });
  }
  const { red: seen, green } = await colourOf(await downloadFilm(stack, jobId));
  expect(seen).toBeGreaterThan(120);
  expect(green).toBeLessThan(90);
}, 120_000);

interface Told {
  chains: { voice: string[] };
  makers: object[];
  cost: object;
}

async function upload(body: Buffer): Promise<string> {
  const url = `${stack.url}/api/assets`;
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(body) });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { assetId: string }).assetId;
}

/** With a little in it, for a picture of one colour shows nothing. */
function square(colour: string): Promise<Buffer> {
  const drawing = `color=${colour}:size=900x600,drawbox=x=400:y=250:w=99:h=99:color=maroon:t=fill`;
  return ffmpeg('-f', 'lavfi', '-i', drawing, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png');
}

/** What the film looks like after a second, as one colour. */
async function colourOf(film: string): Promise<{ red: number; green: number }> {
  const one = ['-frames:v', '1', '-vf', 'scale=1:1', '-f', 'rawvideo', '-pix_fmt', 'rgb24'];
  const [red = 0, green = 0] = await ffmpeg('-ss', '1', '-i', film, ...one);
  return { red, green };
}

async function ffmpeg(...argv: string[]): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 10_000_000 } as const;
  return (await promisify(execFile)('ffmpeg', ['-v', 'error', ...argv, '-'], options)).stdout;
}

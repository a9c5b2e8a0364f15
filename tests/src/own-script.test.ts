import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Script } from '@aura/proto';
import {
  activitiesIn,
  downloadFilm,
  filmFacts,
  historyOf,
  jobRow,
  post,
  startStack,
  untilSucceeded,
  type Stack,
} from './harness/index.js';

/** Films of scripts that their users have written. */
let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
}, 120_000);

afterAll(() => stack?.stop(), 60_000);

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

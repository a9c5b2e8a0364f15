import { beforeAll, expect, test } from 'vitest';
import type { Script } from '@aura/proto';
import {
  failedWorkflowTasks,
  historyOf,
  jobRow,
  post,
  plainStack,
  statusOf,
  untilSucceeded,
  untilTerminal,
  type Stack,
} from '../harness/index.js';

/** Films that are told from documents. */
let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

async function order(documents: object[]): Promise<string> {
  const options = { quality: 'draft', fps: 12 };
  const body = { brief: 'Lighthouses', documents, options, durationMinutes: 0.2 };
  const answer = await post(`${stack.url}/api/videos/generate`, body);
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { jobId: string }).jobId;
}

async function upload(content: string, name: string): Promise<string> {
  const url = `${stack.url}/api/assets?fileName=${name}`;
  const answer = await fetch(url, { method: 'POST', body: content });
  expect(answer.ok).toBe(true);
  return ((await answer.json()) as { assetId: string }).assetId;
}

const PAGE =
  '<!doctype html><title>x</title><h1>Lighthouses</h1><p>Lighthouses were lit with wood. Bread is baked at night.</p>';
const NOTES = 'The last lighthouse keeper left in 1998.';

test('a film says only what stands in its documents, and its metadata says where', async () => {
  const jobId = await order([{ assetId: await upload(PAGE, 'page.html') }, { text: NOTES }]);
  await untilSucceeded(stack, jobId);
  const { scenes } = (await jobRow(stack, jobId))['script'] as Script;
  const spoken = scenes.map(({ narration }) => narration).join(' ');
  for (const sentence of spoken.match(/[^.]+\./g) ?? []) {
    expect(`${PAGE} ${NOTES}`).toContain(sentence.trim());
  }
  const metadata = await (await fetch(`${stack.url}/api/videos/${jobId}/metadata`)).json();
  const { citations } = metadata as { citations: { sceneId: string; title: string }[] };
  expect(new Set(citations.map(({ sceneId }) => sceneId))).toEqual(
    new Set(scenes.map(({ id }) => id)),
  );
  expect(new Set(citations.map(({ title }) => title))).toEqual(new Set(['page.html', 'Text 2']));
  expect(failedWorkflowTasks(await historyOf(stack, jobId))).toEqual([]);
}, 120_000);

test('a document that nobody can read ends the job with what to do', async () => {
  const assetId = await upload('%PDF-1.7 that is none', 'broken.pdf');
  const jobId = await order([{ assetId }]);
  expect((await untilTerminal(stack, jobId)).status).toBe('failed');
  expect((await statusOf(stack, jobId))['error']).toMatchObject({ code: 'AssetInvalid' });
}, 60_000);

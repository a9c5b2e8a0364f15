import { beforeAll, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { isLong } from '../harness/index.js';
import { everBilled, PAID } from './ledger-check.js';
import { findPlaces } from './residue.js';
import { vendorStack, type VendorStack } from './vendor-stack.js';
import { watchedFilm } from './watched-film.js';

let running: VendorStack;

beforeAll(async () => {
  running = await vendorStack();
}, 120_000);

/**
 * Of all films of this file of tests, with those whose keys were refused and whose calls went wrong. A control shows that
 * what is in a film is found wherever films leave it: a key that came into one would be.
 */
test('no key stands in a log, a history, an event, a file, the database, an argument or the gateway', async () => {
  const { stack, canary } = running;
  if (!running.traces) await watchedFilm(running, 12);
  const { jobId, control, details, lines } = running.traces!;
  const answers = await answersOf(jobId);
  const texts = { details, answers, arguments: lines.join('\n') };
  const found = await findPlaces(stack, { canary, control }, texts);
  if (process.platform === 'linux') {
    const gateway = await readFile(`/proc/${stack.gateway.pid}/environ`, 'utf8');
    if (gateway.includes(canary)) found.canary.push('environment of the gateway');
    expect(lines.length).toBeGreaterThan(20);
  }
  expect(found.canary).toEqual([]);
  expect(new Set(found.control.map((place) => place.split(' ')[0]))).toEqual(
    new Set(['answers', 'database', 'file', 'history']),
  );
  expect(details).toContain('percent');
}, 180_000);

/** What anybody may read of a job and of the providers. */
async function answersOf(id: string): Promise<string> {
  const { url } = running.stack;
  const paths = ['status', 'metadata', 'events'].map((name) => `/api/videos/${id}/${name}`);
  const all = [...paths, '/api/providers', '/api/voices', '/health/ready', '/metrics'];
  all.push(`/api/jobs/${id}/logs`, '/api/errors');
  const signal = AbortSignal.timeout(20_000);
  const texts = all.map(async (path) => (await fetch(url + path, { signal })).text());
  const system = await fetch(`${url}/api/system/check`, { method: 'POST', signal });
  const bundle = await fetch(`${url}/api/jobs/${id}/diagnostics`, { signal });
  const unpacked = gunzipSync(Buffer.from(await bundle.arrayBuffer())).toString();
  expect(unpacked).toContain('history/run-1.json');
  return [...(await Promise.all(texts)), await system.text(), unpacked].join('\n');
}

if (!process.argv.includes('-t') && !isLong) {
  test('everybody who bills has billed, and every bill was the ledger', () => {
    expect([...everBilled].toSorted()).toEqual(PAID.toSorted());
  });
}

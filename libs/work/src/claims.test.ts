import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStore } from '@aura/storage';
import { MockActivityEnvironment } from '@temporalio/testing';
import fc from 'fast-check';
import { unitOfWork, type UnitOfWork, type WorkPlace } from './unit-of-work.js';
import { runningActivity } from './progress.js';

/** Equal units of work at the same time, in one process. */
let root: string;
let store: LocalStore;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-claims-'));
  store = new LocalStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const unitOf = (videoId: string, text = 'Hi.'): UnitOfWork => ({
  job: { videoId, run: 1, tenantId: 'local', correlationId: videoId },
  unit: 'narrateScene',
  provider: 'flite',
  recipe: 1,
  inputs: { text },
});

/** An activity's attempt that counts as dead after `heartbeatTimeoutMs`. */
function attempt(videoId: string, work: Work, limits = {}) {
  const environment = new MockActivityEnvironment(
    { heartbeatTimeoutMs: 2_000, startToCloseTimeoutMs: 60_000, ...limits },
    { logger: silent },
  );
  const result = environment.run(() => unitOfWork(store, unitOf(videoId), work));
  return { environment, result };
}
const nothing = () => undefined;
const silent = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

type Work = (place: WorkPlace) => Promise<{ unitKey: string; by: string }>;

test('however many equal units begin, and whenever, the work runs exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(80), { minLength: 2, maxLength: 12 }),
      fc.nat(60),
      fc.uuid(),
      async (startsMs, tookMs, text) => {
        let done = 0;
        const results = await Promise.all(
          startsMs.map(async (startMs, index) => {
            await delay(startMs);
            return unitOfWork(store, unitOf(`v${index}`, text), async ({ key }) => {
              done += 1;
              await delay(tookMs);
              return { unitKey: key, by: index };
            });
          }),
        );
        expect(done).toBe(1);
        expect(new Set(results.map(({ by }) => by)).size).toBe(1);
        expect(await readdir(path.join(root, 'claims'))).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
});

test('who waits for another’s work says so, and takes over at once when that is canceled', async () => {
  const begun: string[] = [];
  const first = attempt('v1', ({ signal }) => {
    begun.push('first');
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    );
  });
  await delay(100);
  const details = { percent: 0, detail: '', failures: 0, shutdowns: 0 };
  const second = runningActivity.run(details, () =>
    attempt('v2', async ({ key }) => {
      begun.push('second');
      return { unitKey: key, by: 'second' };
    }),
  );
  await delay(300);
  expect(begun).toEqual(['first']);
  expect(details.detail).toBe('another worker is at it');
  const canceledAt = Date.now();
  first.environment.cancel();
  await expect(first.result).rejects.toThrow();
  expect(await second.result).toMatchObject({ by: 'second' });
  expect(Date.now() - canceledAt).toBeLessThan(1_500);
});

test('who waits can be canceled too, and the work goes on', async () => {
  const first = attempt('v1', async ({ key }) => {
    await delay(500);
    return { unitKey: key, by: 'first' };
  });
  await delay(100);
  const second = attempt('v2', () => Promise.reject(new Error('done twice')));
  await delay(100);
  second.environment.cancel();
  await expect(second.result).rejects.not.toThrow('done twice');
  expect(await first.result).toMatchObject({ by: 'first' });
});

test('when the work of one fails, the next does it, and the failure is not shared', async () => {
  const first = attempt('v1', async () => {
    await delay(200);
    throw new Error('voice broke');
  });
  await delay(50);
  const second = attempt('v2', ({ key }) => Promise.resolve({ unitKey: key, by: 'second' }));
  await expect(first.result).rejects.toThrow('voice broke');
  expect(await second.result).toMatchObject({ by: 'second' });
});

test('work that takes longer than its claim’s time stays the only one, for it is extended', async () => {
  const slow: Work = async ({ key }) => {
    await delay(5_000);
    return { unitKey: key, by: 'slow' };
  };
  const first = attempt('v1', slow, { heartbeatTimeoutMs: 2_000 });
  await delay(50);
  const twice = () => Promise.reject(new Error('done twice'));
  const second = attempt('v2', twice, { heartbeatTimeoutMs: 2_000 });
  expect(await second.result).toEqual(await first.result);
});

test('who has waited for half of its time gives the attempt back, to be tried with fresh time', async () => {
  const first = attempt('v1', async ({ key }) => {
    await delay(1_200);
    return { unitKey: key, by: 'first' };
  });
  await delay(50);
  const twice = () => Promise.reject(new Error('done twice'));
  const second = attempt('v2', twice, { startToCloseTimeoutMs: 1_000 });
  await expect(second.result).rejects.toMatchObject({
    code: 'UnitBusy',
    entry: { retryable: true },
  });
  await first.result;
});

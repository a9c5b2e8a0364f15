import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { BlobRef } from '@aura/proto';
import fc from 'fast-check';
import { blobPlace, resultPlace } from './blob-names.js';
import { LocalStore } from './local-store.js';

/** Times of files come from the kernel's coarse clock. Between machines an hour is allowed for. */
const CLOCKS_MS = 20;
const UNITS = 4;
const isLong = process.env['AURA_TEST_SCALE'] === 'long';

interface Made {
  unit: number;
  shared: BlobRef;
  film: BlobRef;
}

/** A job works through units, any of which others may have done, and may keep its films when it ends. */
const job = fc.record({
  units: fc.array(fc.nat(UNITS - 1), { minLength: 1, maxLength: 5 }),
  pausesMs: fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
  startsAfterMs: fc.nat(20),
  keeps: fc.boolean(),
});
const cleaning = fc.array(fc.nat(5), { minLength: 3, maxLength: 12 });

test('whatever jobs and cleaning do at the same time, nothing goes that a running or a kept job needs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(job, { minLength: 2, maxLength: 5 }), cleaning, interleaved),
    { numRuns: isLong ? 400 : 25 },
  );
}, 600_000);

async function interleaved(
  jobs: { units: number[]; pausesMs: number[]; startsAfterMs: number; keeps: boolean }[],
  pausesMs: number[],
): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'aura-gc-'));
  const store = new LocalStore(root);
  const running = new Set<number>();
  const kept = new Map<string, BlobRef>();
  try {
    await before(store, root);
    const working = jobs.map(async (one) => {
      await delay(one.startsAfterMs);
      // A worker of its own: what it has verified it remembers by itself.
      const own = new LocalStore(root);
      const begun = Date.now() + Math.random();
      running.add(begun);
      const made: Made[] = [];
      for (const [at, unit] of one.units.entries()) {
        made.push(await findOrMake(own, unit));
        await delay(one.pausesMs[at % one.pausesMs.length]);
        for (const { shared, film } of made)
          for (const blob of [shared, film]) expect(await own.has(blob)).toBe(true);
      }
      if (one.keeps) for (const { film } of made) kept.set(film.sha256, film);
      running.delete(begun);
    });
    const ended = Promise.all(working).then(() => true);
    for (let round = 0; ; round += 1) {
      const oldest = Math.min(Date.now(), ...running);
      const inUse = async (asked: string[]) => new Set(asked.filter((one) => kept.has(one)));
      await store.removeUnused({ beforeMs: Math.floor(oldest) - CLOCKS_MS, inUse, atMost: 100 });
      const isOver = await Promise.race([ended, delay(pausesMs[round % pausesMs.length], false)]);
      if (isOver) break;
    }
    for (const film of kept.values()) expect(await store.has(film)).toBe(true);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What earlier jobs have left: old, and nobody's. */
async function before(store: LocalStore, root: string): Promise<void> {
  const longAgo = new Date(Date.now() - 3_600_000);
  for (let unit = 0; unit < UNITS; unit += 2) {
    const { film } = await findOrMake(store, unit);
    await utimes(path.join(root, resultPlace(keyOf(unit))), longAgo, longAgo);
    await utimes(path.join(root, blobPlace(film.sha256)), longAgo, longAgo);
  }
}

async function findOrMake(store: LocalStore, unit: number): Promise<Made> {
  const found = await store.findResult<Made>(keyOf(unit));
  if (found) return found;
  const shared = await store.putBytes('the same in all units', 'text/plain');
  const film = await store.putBytes(`film of unit ${unit}`, 'video/mp4');
  const made = { unit, shared, film };
  await store.putResult(keyOf(unit), made);
  return made;
}

function keyOf(unit: number): string {
  return String(unit).repeat(64).slice(0, 64);
}

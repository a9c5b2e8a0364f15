import { open, readdir, readFile, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Claim, ClaimTerms } from './artifact-store.js';

/** How long a claim counts whose maker has not come to write its terms yet. */
const UNWRITTEN_TTL_MS = 15_000;

/**
 * A claim is the file `<key>.<n>` with its terms as JSON; it runs `ttlMs` from its mtime, by the clocks of
 * the machines that share the folder. Whoever finds no running claim creates the next number, which only
 * one can (`wx`), and then looks once more: where another claim runs by now, it gives its own up. So, of
 * two that decide on an outdated look, at least the later one sees the other. A claim that ran out is
 * removed by who takes it over, which is how a process that was asleep learns of it.
 */
export async function claimIn(
  folder: string,
  key: string,
  terms: ClaimTerms,
): Promise<Claim | undefined> {
  const before = await claimsOf(folder, key);
  if (before.some(runs)) return undefined;
  const number = Math.max(0, ...before.map((claim) => claim.number)) + 1;
  const file = path.join(folder, `${key}.${number}`);
  if (!(await create(file, terms))) return undefined;
  const others = async () => (await claimsOf(folder, key)).filter((claim) => claim.file !== file);
  const found = await others();
  if (found.some(runs)) {
    await remove(file);
    return undefined;
  }
  await Promise.all(found.map((claim) => remove(claim.file)));
  return held(file, terms.ttlMs, async () => (await others()).some(runs));
}

function held(file: string, ttlMs: number, isContested: () => Promise<boolean>): Claim {
  let runsUntil = Date.now() + ttlMs;
  return {
    extend: async () => {
      const now = Date.now();
      try {
        await utimes(file, now / 1_000, now / 1_000);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
        throw error;
      }
      if (await isContested()) return false;
      runsUntil = now + ttlMs;
      return true;
    },
    release: async () => {
      // One that has run out may just be taken over: the name must not become free meanwhile.
      if (Date.now() < runsUntil) await remove(file);
      runsUntil = 0;
    },
  };
}

interface FoundClaim {
  file: string;
  number: number;
  changedAt: number;
  ttlMs: number;
}

/** A time in the future is that of a clock which has been set back since. */
function runs({ changedAt, ttlMs }: FoundClaim): boolean {
  return Math.abs(Date.now() - changedAt) < ttlMs;
}

async function claimsOf(folder: string, key: string): Promise<FoundClaim[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${key}.`));
  const claims = await Promise.all(names.map((name) => look(path.join(folder, name))));
  return claims.filter((claim) => claim !== undefined);
}

/** Undefined where it has been given up in the meantime. */
async function look(file: string): Promise<FoundClaim | undefined> {
  try {
    const { mtimeMs: changedAt } = await stat(file);
    const ttlMs = ttlOf(await readFile(file, 'utf8'));
    return { file, number: Number(path.extname(file).slice(1)), changedAt, ttlMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function ttlOf(content: string): number {
  try {
    const { ttlMs } = JSON.parse(content) as Partial<ClaimTerms>;
    return typeof ttlMs === 'number' ? ttlMs : UNWRITTEN_TTL_MS;
  } catch {
    return UNWRITTEN_TTL_MS;
  }
}

/** False where somebody was quicker. */
async function create(file: string, terms: ClaimTerms): Promise<boolean> {
  const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (!handle) return false;
  try {
    await handle.writeFile(JSON.stringify(terms));
    return true;
  } catch (error) {
    await remove(file);
    throw error;
  } finally {
    await handle.close();
  }
}

async function remove(file: string): Promise<void> {
  await unlink(file).catch(() => undefined);
}

import {
  expectedOf,
  knownRates,
  learnRates,
  placesOf,
  RATED_UNITS,
  secondsOf,
  type Database,
  type Expected,
  type FilmToMake,
  type Rate,
  type Transaction,
} from '@aura/database';
import type { MakeVideoInput, Making, UnitsOfRun } from '@aura/proto';

/** What a run that has succeeded teaches. */
export interface Lesson {
  film: FilmToMake;
  units: UnitsOfRun;
  /** From its begin to its end. */
  tookMs: number;
  expected: Expected | null;
}

/**
 * What is learned of a run: nothing where something was there already, or further films were made, for then its parts do
 * not say how long a whole takes. Pure.
 */
export function samplesOf({ film, units, tookMs, expected }: Lesson): Rate[] {
  const { kinds } = units;
  const seconds = secondsOf(film);
  const rated = RATED_UNITS.map((unit) => kinds.find((kind) => kind.unit === unit)?.tookMs);
  const names: readonly string[] = RATED_UNITS;
  const isWhole = kinds.every(({ unit, found, label }) => {
    return label === '' && (found === 0 || !names.includes(unit));
  });
  const sumMs = rated.reduce<number>((sum, ms = 0) => sum + ms, 0);
  if (!isWhole || rated.includes(undefined) || sumMs <= 0) return [];
  const error = expected ? Math.abs(expected.totalMs - tookMs) / Math.max(1, tookMs) : undefined;
  return [
    ...RATED_UNITS.flatMap((unit, at) =>
      placesOf(unit, film)
        .slice(0, 1)
        .map((place) => ({ ...place, value: (rated[at] ?? 0) / seconds })),
    ),
    { kind: 'wall', provider: '', size: '', value: tookMs / sumMs },
    ...(error === undefined
      ? []
      : [{ kind: 'error', provider: '', size: '', value: error } as const]),
  ];
}

/** Learns from a run that has succeeded; one that stood still for somebody teaches nothing. */
export async function learn(
  database: Database,
  { videoId, run }: { videoId: string; run: number },
  units: UnitsOfRun,
): Promise<void> {
  const job = await database.job.findUnique({ where: { id: videoId }, select: TOLD });
  if (job?.run !== run || !job.startedAt || !job.endedAt) return;
  const stood = await database.jobEvent.count({
    where: {
      jobId: videoId,
      run,
      OR: ['paused', 'awaiting-approval'].map((state) => ({
        data: { path: ['state'], equals: state },
      })),
    },
  });
  if (stood > 0) return;
  const order = job.order as unknown as MakeVideoInput;
  // By the length that was asked for: that is what is known when the next one is foretold.
  const toMake = filmToMake(order, job.making as Making | null);
  const tookMs = job.endedAt.getTime() - job.startedAt.getTime();
  const expected = job.expected as Expected | null;
  await learnRates(database, samplesOf({ film: toMake, units, tookMs, expected }));
}

const TOLD = {
  run: true,
  order: true,
  making: true,
  expected: true,
  startedAt: true,
  endedAt: true,
} as const;

/**
 * Writes what a run is expected to take, once it is known who makes it; for an edit that is known from the start, and what
 * whole films take says nothing of it.
 */
export async function foretell(tx: Transaction, jobId: string, making: Making): Promise<void> {
  const where = { id: jobId };
  const job = await tx.job.findUniqueOrThrow({ where, select: { order: true } });
  const order = job.order as unknown as MakeVideoInput;
  if (order.edited) return;
  const film = filmToMake(order, making);
  const expected = expectedOf(film, await knownRates(tx));
  if (!expected) return;
  await tx.job.update({ where, data: { expected: { ...expected } }, select: { id: true } });
}

function filmToMake({ render, plan }: MakeVideoInput, making: Making | null): FilmToMake {
  const { chains, makers = [] } = making ?? {};
  const of = (stage: 'script' | 'voice' | 'visuals') => {
    const made = makers.filter((one) => one.stage === stage).map(({ provider }) => provider);
    return made.length > 0 ? [mostOf(made)] : (chains?.[stage] ?? []);
  };
  return {
    durationMs: plan.targetDurationMs,
    render,
    makers: { script: of('script'), voice: of('voice'), visuals: of('visuals') },
  };
}

/** Which of these names stands there most often. */
function mostOf(names: readonly string[]): string {
  const count = (name: string) => names.filter((one) => one === name).length;
  return [...new Set(names)].toSorted((a, b) => count(b) - count(a))[0] ?? '';
}

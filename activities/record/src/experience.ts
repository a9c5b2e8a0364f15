import {
  expectedOf,
  knownRates,
  learnRates,
  placeOf,
  RATED_UNITS,
  type Database,
  type Expected,
  type FilmToMake,
  type Rate,
  type Transaction,
} from '@aura/database';
import type { Film, MakeVideoInput, Making, UnitsOfRun } from '@aura/proto';

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
  const seconds = film.durationMs / 1_000;
  const isWhole = kinds.every(({ found, label }) => found === 0 && label === '');
  const rated = RATED_UNITS.map((unit) => kinds.find((kind) => kind.unit === unit)?.tookMs);
  const sumMs = rated.reduce<number>((sum, ms = 0) => sum + ms, 0);
  if (!isWhole || rated.includes(undefined) || sumMs <= 0 || seconds <= 0) return [];
  const error = expected ? Math.abs(expected.totalMs - tookMs) / Math.max(1, tookMs) : undefined;
  return [
    ...RATED_UNITS.map((unit, at) => ({
      ...placeOf(unit, film),
      value: (rated[at] ?? 0) / seconds,
    })),
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
  { film, units }: { film: Film; units: UnitsOfRun },
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
  const toMake = filmToMake(order, job.making as Making | null, film.durationMs);
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

/** Writes what a run is expected to take, once it is known who makes it. */
export async function foretell(tx: Transaction, jobId: string, making: Making): Promise<void> {
  const where = { id: jobId };
  const job = await tx.job.findUniqueOrThrow({ where, select: { order: true } });
  const order = job.order as unknown as MakeVideoInput;
  const film = filmToMake(order, making, order.plan.targetDurationMs);
  const expected = expectedOf(film, await knownRates(tx));
  if (!expected) return;
  await tx.job.update({ where, data: { expected: { ...expected } }, select: { id: true } });
}

function filmToMake(
  { render }: MakeVideoInput,
  making: Making | null,
  durationMs: number,
): FilmToMake {
  const { chains, makers = [] } = making ?? {};
  const maker = (stage: 'script' | 'voice' | 'visuals') =>
    makers.find((one) => one.stage === stage)?.provider ?? chains?.[stage][0];
  const [script, voice, visuals] = [maker('script'), maker('voice'), maker('visuals')];
  const known = {
    ...(script ? { script } : {}),
    ...(voice ? { voice } : {}),
    ...(visuals ? { visuals } : {}),
  };
  return { durationMs, render, makers: known };
}

import { UNITS, type Chains, type MakeVideoInput, type StepName, type UnitName } from '@aura/proto';
import type { Database, Transaction } from './create-database.js';

/** One thing that was learned: a mean in which what is new counts most. */
export interface Rate {
  /** A unit of work, in ms per second of film; `wall`, how long a run takes per ms of its units; `error` of a forecast. */
  kind: RatedUnit | 'wall' | 'error';
  /** Empty where it does not matter. */
  provider: string;
  size: string;
  value: number;
}

/** What a run is expected to take: all of it in ms, and the share of each step, which add up to 1. */
export interface Expected {
  totalMs: number;
  shares: Partial<Record<StepName, number>>;
}

/** What decides how long a film takes. */
export interface FilmToMake {
  durationMs: number;
  render: Pick<MakeVideoInput['render'], 'widthPx' | 'heightPx' | 'fps' | 'quality'>;
  /** Who makes what, in the order in which they are asked: the first of whom something is known counts. */
  makers: Partial<Record<keyof Chains, readonly string[]>>;
}

/** The units of work that a run consists of. */
export const RATED_UNITS = [
  'writeScript',
  'narrateScene',
  'illustrateScene',
  'encodeSegment',
  'assembleFilm',
] as const satisfies readonly UnitName[];
export type RatedUnit = (typeof RATED_UNITS)[number];

/** What a new sample counts at least: some six runs on, what was before is nearly forgotten. */
const LEAST_WEIGHT = 0.3;
/** What starts, looks and ends of a film cost, whatever its length: as much as so many seconds of it. Measured on small films. */
const STARTING_SECONDS = 20;

/** What rates are per: seconds of film, and what each film costs besides. Pure. */
export function secondsOf({ durationMs }: Pick<FilmToMake, 'durationMs'>): number {
  return durationMs / 1_000 + STARTING_SECONDS;
}

/** Where the rate of a unit belongs, for each who may do it: the work of a voice does not depend on the size of the picture. */
export function placesOf(unit: RatedUnit, { render, makers }: FilmToMake): Place[] {
  const { widthPx, heightPx, fps, quality } = render;
  const picture = `${Math.min(widthPx, heightPx)}p${fps} ${quality}`;
  const stage = MADE_BY[unit];
  const size = stage === 'script' || stage === 'voice' ? '' : picture;
  const providers = stage ? (makers[stage] ?? []) : [''];
  return providers.map((provider) => ({ kind: unit, provider, size }));
}

type Place = Omit<Rate, 'value'>;

const MADE_BY: Partial<Record<RatedUnit, keyof Chains>> = {
  writeScript: 'script',
  narrateScene: 'voice',
  illustrateScene: 'visuals',
};

/** What a run is expected to take; undefined where one of its rates is not known yet. Pure. */
export function expectedOf(film: FilmToMake, rates: readonly Rate[]): Expected | undefined {
  const find = (place: Place | undefined) =>
    place &&
    rates.find((one) => {
      return (['kind', 'provider', 'size'] as const).every((name) => one[name] === place[name]);
    })?.value;
  const wall = find({ kind: 'wall', provider: '', size: '' });
  const seconds = secondsOf(film);
  const tookMs = RATED_UNITS.map((unit) => ({
    unit,
    ms: placesOf(unit, film)
      .map(find)
      .find((value) => value !== undefined),
  }));
  const sumMs = tookMs.reduce((sum, { ms = Number.NaN }) => sum + ms * seconds, 0);
  if (wall === undefined || Number.isNaN(sumMs) || sumMs <= 0) return undefined;
  const shares: Expected['shares'] = {};
  for (const { unit, ms = 0 } of tookMs) {
    const { step } = UNITS[unit];
    shares[step] = (shares[step] ?? 0) + (ms * seconds) / sumMs;
  }
  return { totalMs: Math.round(sumMs * wall), shares };
}

/** All that has been learned: a few dozen rows. */
export async function knownRates(database: Database | Transaction): Promise<Rate[]> {
  const rows = await database.rate.findMany({ take: 1_000, orderBy: { at: 'desc' } });
  return rows.map(({ kind, ...row }) => ({ ...row, kind: kind as Rate['kind'] }));
}

/** Takes new samples into the means, geometric ones: a run that took many times as long for once counts for little. */
export async function learnRates(database: Database, samples: readonly Rate[]): Promise<void> {
  if (samples.length === 0) return;
  // In one order: two that learn the same at once wait for each other, and not in a circle.
  const sorted = samples.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  await database.$executeRaw`
    INSERT INTO rates AS old (kind, provider, size, value)
    SELECT kind, provider, size, greatest(value, 0.001)
    FROM jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb)
      AS row(kind text, provider text, size text, value float8)
    ON CONFLICT (kind, provider, size) DO UPDATE
    SET value = exp(ln(old.value) + (ln(excluded.value) - ln(old.value))
          * greatest(${LEAST_WEIGHT}::float8, 1.0 / (old.samples + 1))),
        samples = old.samples + 1, at = clock_timestamp()`;
}

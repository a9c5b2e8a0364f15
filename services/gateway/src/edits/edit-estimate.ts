import type { Expected } from '@aura/database';
import {
  UNITS,
  type ProviderReport,
  type Scene,
  type UnitName,
  type UnitsOfRun,
  type WorkerReport,
} from '@aura/proto';
import { estimateCost, likelySpeechMs } from '@aura/provider';
import type { EditableFilm, KindOf } from './film.js';
import type { PredictedUnit } from './predict-units.js';
import { makerOfPicture } from './unit-values.js';

/** As many scenes are in work at a time where nobody has said otherwise. */
const LANES = 4;
/** How long a unit takes of which the job has made none yet, in ms. */
const USUAL_MS: Partial<Record<UnitName, number>> = {
  narrateScene: 2_000,
  illustrateScene: 3_000,
  encodeSegment: 4_000,
  assembleFilm: 8_000,
};

/** About how long units take: as long as those of their kind have taken in this job. Pure. */
export function likelyTime(units: readonly PredictedUnit[], runs: readonly UnitsOfRun[]): Expected {
  const kinds = runs.flatMap((run) => run.kinds);
  const ms = (name: UnitName) => {
    const count = units.filter(({ unit }) => unit === name).length;
    const known = kinds.filter(({ unit, made }) => unit === name && made.length > 0);
    const made = known.reduce((sum, kind) => sum + kind.made.length, 0);
    const tookMs = known.reduce((sum, kind) => sum + kind.tookMs, 0);
    const eachMs = made > 0 ? tookMs / made : (USUAL_MS[name] ?? 0);
    return (count * eachMs) / Math.max(1, Math.min(count, LANES));
  };
  const pictured = Math.max(ms('narrateScene'), ms('illustrateScene'));
  const totalMs = pictured + ms('encodeSegment') + ms('assembleFilm');
  const made = [...new Set(units.map(({ unit }) => unit))];
  const sumMs = made.reduce((sum, unit) => sum + ms(unit), 0);
  const shares = made.map((unit) => [UNITS[unit].step, ms(unit) / Math.max(1, sumMs)] as const);
  return { totalMs: Math.round(totalMs), shares: Object.fromEntries(shares) };
}

/** About what units cost with those who are asked first, in US dollars. Pure. */
export function likelyUsd(
  units: readonly PredictedUnit[],
  film: EditableFilm,
  { workers, kindOf }: { workers: readonly WorkerReport[]; kindOf: KindOf },
): number {
  const { order, chains } = film;
  const { scenes } = order.edited.script;
  const reports = workers.flatMap(({ providers }) => providers);
  const priceOf = (stage: string, name: string | undefined) =>
    reports.find((one) => one.stage === stage && one.name === name);
  const voiceOf = (sceneId: string) => {
    const kept = order.edited.makers.find(
      (one) => one.stage === 'voice' && one.sceneId === sceneId,
    );
    return priceOf('voice', kept?.provider ?? chains.voice[0]);
  };
  const painterOf = (scene: Scene) => priceOf('visuals', makerOfPicture(film, scene, kindOf));
  return units.reduce((sum, { unit, sceneId }) => {
    const scene = scenes.find(({ id }) => id === sceneId);
    if (!scene) return sum;
    if (unit === 'narrateScene') return sum + usdOf(scene, voiceOf(sceneId));
    if (unit === 'illustrateScene') return sum + usdOf(scene, painterOf(scene));
    return sum;
  }, 0);
}

function usdOf({ narration }: Scene, report: ProviderReport | undefined): number {
  if (!report) return 0;
  const spokenMs = likelySpeechMs(narration);
  const outline = { durationMs: spokenMs, briefCharacters: 0, pictures: 1, spokenMs };
  return estimateCost(outline, [report]).reduce((sum, stage) => sum + stage.likelyUsd, 0);
}

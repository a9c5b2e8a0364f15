import type { LockedJob } from '@aura/database';
import type { Maker, Making } from '@aura/proto';

/** More than a film has scenes, twice; a list that is longer is a mistake. */
const MOST_MAKERS = 2_000;

/** Who makes a job with what is new, as a change of it; nothing where all of it is known. Pure. */
export function makingChanges(
  { making: known }: Pick<LockedJob, 'making'>,
  // Workflows from before it was told tell nothing.
  told: Making | undefined,
): { making?: Making } {
  return told ? changed(known, joined(known, told)) : {};
}

/** What a run that has ended says of it, in the place of what was told while it ran. Pure. */
export function wholeMaking(
  { making: known }: Pick<LockedJob, 'making'>,
  told: Making | undefined,
): { making?: Making } {
  if (!told) return {};
  const { chains } = known ?? {};
  return changed(known, joined(chains ? { chains, makers: [] } : null, told));
}

function joined(known: Making | null, told: Making): Making {
  const byPlace = new Map((known?.makers ?? []).map((one) => [placeOf(one), one]));
  for (const one of told.makers) byPlace.set(placeOf(one), one);
  const chains = told.chains ?? known?.chains;
  return { ...(chains ? { chains } : {}), makers: [...byPlace.values()].slice(0, MOST_MAKERS) };
}

function changed(known: Making | null, making: Making): { making?: Making } {
  return JSON.stringify(making) === JSON.stringify(known) ? {} : { making };
}

function placeOf({ stage, sceneId }: Maker): string {
  return `${stage} ${sceneId}`;
}

import type { LockedJob } from '@aura/database';
import { replacementKey, type Replacement } from '@aura/proto';
import { cut } from './cut.js';

/** More than a film has units; a report that is longer is a mistake. */
const MOST_REPLACEMENTS = 1_000;
const REASON_CHARACTERS = 500;

/**
 * The downgrade report with what is new, as a change of the job; nothing where all of it is known. What
 * another run says of the same unit takes the place of what was said before. Pure.
 */
export function replacementChanges(
  { replacements: known }: Pick<LockedJob, 'replacements'>,
  // Workflows from before there was a report tell none.
  told: readonly Replacement[] = [],
): { replacements?: Replacement[] } {
  const byUnit = new Map(known.map((one) => [replacementKey(one), one]));
  for (const one of told) {
    byUnit.set(replacementKey(one), { ...one, reason: cut(one.reason, REASON_CHARACTERS) });
  }
  const all = [...byUnit.values()].slice(0, MOST_REPLACEMENTS);
  return JSON.stringify(all) === JSON.stringify(known) ? {} : { replacements: all };
}

/** The whole report of a run that has ended, in the place of what was told while it ran. Pure. */
export function reportChanges(
  { replacements: known }: Pick<LockedJob, 'replacements'>,
  // Workflows from before there was a report tell none.
  report: readonly Replacement[] | undefined,
): { replacements?: Replacement[] } {
  if (!report) return {};
  const { replacements = [] } = replacementChanges({ replacements: [] }, report);
  return JSON.stringify(replacements) === JSON.stringify(known) ? {} : { replacements };
}

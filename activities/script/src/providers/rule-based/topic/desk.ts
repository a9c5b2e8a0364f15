import type { StyleName } from '../../../styles.js';
import type { Seeded } from '../seeded.js';
import { fillAll, type Values } from '../template.js';
import type { EntryTeller } from './entry-beats.js';

/** What writing a film about a topic works with. */
export interface Desk {
  seeded: Seeded;
  teller: EntryTeller;
  style: StyleName;
  targetMs: number;
  /** Longest narration of a scene, in characters. */
  longest: number;
}

/** Filled phrasings; for a person those that would say "it" are left out. */
export function sayable(templates: readonly string[], values: Values, isPerson: boolean): string[] {
  const usable = isPerson
    ? templates.filter((template) => !/\b(?:it|its)\b/i.test(template))
    : templates;
  return fillAll(usable, values);
}

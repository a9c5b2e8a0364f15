import type { Beat } from '../film/beat.js';
import { slot } from '../film/beat.js';
import { capitalised, listed } from '../english/words.js';
import { ENTRY_FRAMES, NAME_FRAMES, PLURAL_ENTRY_FRAMES } from '../phrases/en-entries.js';
import type { Seeded } from '../seeded.js';
import { fillAll } from '../template.js';
import type { Entry } from './entry.js';
import { cardLines, entryValues } from './values.js';

/** How many ways of saying one entry the fitting may choose from. */
const WAYS = 3;

/** Hands out ways to introduce an entry, so that neighbours never sound alike. */
export class EntryTeller {
  private readonly orders: Map<readonly string[], string[]>;
  private told = 0;

  constructor(seeded: Seeded) {
    this.orders = new Map(
      [ENTRY_FRAMES, PLURAL_ENTRY_FRAMES, NAME_FRAMES].map((frames) => [
        frames,
        seeded.shuffled(frames, 'frames'),
      ]),
    );
  }

  ways(entry: Entry): string[] {
    const frames = this.orders.get(framesFor(entry)) ?? [];
    const from = (this.told++ * WAYS) % frames.length;
    const chosen = [...frames, ...frames].slice(from, from + WAYS);
    return fillAll(chosen, entryValues(entry));
  }
}

function framesFor(entry: Entry): readonly string[] {
  if (entry.isName) return NAME_FRAMES;
  return entry.definition.isPlural ? PLURAL_ENTRY_FRAMES : ENTRY_FRAMES;
}

/** Entries as scenes of one or two, each within a scene's length. */
export function entryBeats(
  entries: readonly Entry[],
  teller: EntryTeller,
  longest: number,
): { beat: Beat; entries: Entry[] }[] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const open = groups.at(-1);
    const fits = open && open.length < 2 && lengthOf(open) + lengthOf([entry]) <= longest;
    if (open && fits) open.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => ({ beat: entryBeat(group, teller), entries: group }));
}

function lengthOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { clause }) => sum + clause.length + 12, 0);
}

function entryBeat(entries: readonly Entry[], teller: EntryTeller): Beat {
  const names = entries.map(({ name }) => name);
  const [first] = entries;
  return {
    kind: 'statement',
    heading: entries.length === 1 && first ? definitionHeading(first) : capitalised(listed(names)),
    points: entries.length === 1 ? [] : cardLines(names),
    slots: entries.flatMap((entry) => [
      ...slot(teller.ways(entry)),
      ...entry.asides.slice(0, 1).flatMap((aside) => slot([aside], true)),
    ]),
    keywords: names,
    sight: listed(names),
  };
}

/** "Caldera: a large crater", cut where the thought is whole; only the name where it is not short. */
export function definitionHeading({ name, definition }: Entry): string {
  const core =
    /^(.*?)(?=,| (?:that|which|who|whose|where|when|in which|used|made|formed|caused|consisting|containing|having|resulting|produced|located|with|for|by|of which|characterized|especially|usually)\b|$)/.exec(
      definition.text,
    )?.[1] ?? '';
  for (const text of [definition.text, trimmed(core)]) {
    const heading = `${capitalised(name)}: ${text}`;
    if (text.split(' ').length >= 3 && heading.length <= 56) return heading;
  }
  return capitalised(name);
}

/** Without words at the end that wait for more ("… during", "… noted", "… of those"). */
function trimmed(core: string): string {
  let text = core;
  for (let round = 0; round < 3; round++) {
    text = text.replace(
      / (?:during|in|by|of|for|to|from|with|at|on|and|or|as|than|those|several|various|not|\w+ed|\w+ing|specially|usually|dealing|born)$/,
      '',
    );
  }
  return text;
}

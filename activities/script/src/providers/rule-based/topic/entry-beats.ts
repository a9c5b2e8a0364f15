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

/** Wording that only follows something of its kind. */
const ADDITIVE =
  /\b(?:another|one more|also|as well|next to|along comes|not far|then there|too|then|or consider|listed|among the names|and)\b/i;

/** Hands out ways to introduce an entry, so that neighbours never sound alike. */
export class EntryTeller {
  private readonly orders: Map<readonly string[], string[]>;
  private last: string[][] = [];

  constructor(seeded: Seeded) {
    this.orders = new Map(
      [ENTRY_FRAMES, PLURAL_ENTRY_FRAMES, NAME_FRAMES].map((frames) => [
        frames,
        seeded.shuffled(frames, 'frames'),
      ]),
    );
  }

  /** The next ways, none that begins as the entry before may have begun. `isFirst`: nothing of its kind came before. */
  ways(entry: Entry, isFirst: boolean): string[] {
    const frames = framesFor(entry);
    const order = this.orders.get(frames) ?? [];
    const fitting = order.filter((frame) => fits(frame, entry, isFirst));
    const fresh = fitting.filter((frame) => !this.last.flat().includes(beginning(frame)));
    const chosen = (fresh.length > 0 ? fresh : fitting).slice(0, WAYS);
    this.orders.set(frames, [...order.filter((frame) => !chosen.includes(frame)), ...chosen]);
    this.last = [...this.last.slice(-1), chosen.map(beginning)];
    return fillAll(chosen, entryValues(entry));
  }
}

function framesFor(entry: Entry): readonly string[] {
  if (entry.isName) return NAME_FRAMES;
  return entry.definition.isPlural ? PLURAL_ENTRY_FRAMES : ENTRY_FRAMES;
}

function fits(frame: string, { definition, clause, name }: Entry, isFirst: boolean): boolean {
  if (isFirst && ADDITIVE.test(frame)) return false;
  const isBare = definition.isPlural && !clause.includes(' are ');
  return (
    !(isBare && frame.includes('{x}')) &&
    !(isBare && clause.startsWith(name) && frame.startsWith('{D'))
  );
}

function beginning(frame: string): string {
  return frame
    .split(/[ ,:?]/)
    .slice(0, 1)
    .join(' ');
}

interface Telling {
  teller: EntryTeller;
  /** Longest narration of a scene, in characters. */
  longest: number;
  /** A list of such entries came before. */
  isListed: boolean;
}

/** Entries as scenes of one or two, each within a scene's length. */
export function entryBeats(
  entries: readonly Entry[],
  { teller, longest, isListed }: Telling,
): { beat: Beat; entries: Entry[] }[] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const open = groups.at(-1);
    const fits = open && open.length < 2 && lengthOf(open) + lengthOf([entry]) <= longest;
    if (open && fits) open.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group, at) => ({
    beat: entryBeat(group, teller, !isListed && at === 0),
    entries: group,
  }));
}

function lengthOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { clause }) => sum + clause.length + 12, 0);
}

function entryBeat(entries: readonly Entry[], teller: EntryTeller, isFirst: boolean): Beat {
  const names = entries.map(({ name }) => name);
  const [first] = entries;
  return {
    kind: 'statement',
    heading: entries.length === 1 && first ? definitionHeading(first) : capitalised(listed(names)),
    points: entries.length === 1 ? [] : cardLines(names),
    slots: entries.flatMap((entry, at) => [
      ...slot(teller.ways(entry, isFirst && at === 0)),
      ...entry.asides.slice(0, 1).flatMap((aside) => slot([aside], true)),
    ]),
    keywords: names,
    sight: listed(names),
  };
}

/** "Caldera: a large crater", cut where the thought is whole; only the name where it is not short. */
export function definitionHeading({ name, definition }: Entry): string {
  const core =
    /^(.*?)(?=,| (?:of|that|which|who|whose|where|when|in which|used|made|formed|caused|consisting|containing|having|resulting|produced|located|with|for|by|of which|characterized|especially|usually)\b|$)/.exec(
      definition.text,
    )?.[1] ?? '';
  for (const text of [definition.text, trimmed(core)]) {
    const heading = `${capitalised(name)}: ${text}`;
    const says = text.split(' ').length >= 3 && !(text !== definition.text && VAGUE.test(text));
    if (says && heading.length <= 56) return heading;
  }
  return capitalised(name);
}

/** What says nothing without its "of". */
const VAGUE =
  /\b(?:one|any|some|series|group|kind|type|set|piece|part|number|member|act|branch|form|variety|state|system|process|quality|amount|collection|class|unit|section|portion|sum|condition|use|study|feeling|genre|style|body|line|result|top|bottom|end|side|inhabitant|native|person|someone|something)$/;

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

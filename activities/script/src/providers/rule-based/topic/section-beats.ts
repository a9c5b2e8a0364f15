import { capitalised, listed, numberWord } from '../english/words.js';
import { slot, type Beat, type OptionalBeat } from '../film/beat.js';
import * as phrases from '../phrases/en-sections.js';
import type { Stock } from '../phrases/stock.js';
import { fillAll, type Values } from '../template.js';
import { sayable, type Desk } from './desk.js';
import { entryBeats } from './entry-beats.js';
import type { Entry } from './entry.js';
import type { Material } from './gather.js';
import { meaningBeats } from './meaning-beats.js';
import { cardLines, listValues, termValues } from './values.js';

/** A part of the dictionary's material that is told together. */
interface SectionPlan {
  part:
    'terms' | 'kinds' | 'instances' | 'parts' | 'neighbours' | 'wording' | 'siblings' | 'wholes';
  intro: Stock;
  listPriority: number;
  detailPriority: number;
  /** How much less each further scene matters. */
  falling: number;
}

/** What matters most in a film about a thing: its kinds and its vocabulary, then parts and names, then company. */
const PLANS: readonly SectionPlan[] = [
  { part: 'terms', intro: phrases.TERMS, listPriority: 86, detailPriority: 79, falling: 3 },
  { part: 'kinds', intro: phrases.KINDS, listPriority: 88, detailPriority: 80, falling: 3 },
  { part: 'instances', intro: phrases.INSTANCES, listPriority: 84, detailPriority: 77, falling: 3 },
  { part: 'parts', intro: phrases.PARTS, listPriority: 83, detailPriority: 76, falling: 3 },
  {
    part: 'neighbours',
    intro: phrases.NEIGHBOURS,
    listPriority: 74,
    detailPriority: 72,
    falling: 2.5,
  },
  { part: 'wording', intro: phrases.WORDING, listPriority: 65, detailPriority: 64, falling: 3 },
  { part: 'siblings', intro: phrases.SIBLINGS, listPriority: 59, detailPriority: 56, falling: 3 },
  { part: 'wholes', intro: phrases.WHOLES, listPriority: 55, detailPriority: 54, falling: 3 },
];

/** Listicles go through more parts and dwell less on each. */
const LISTICLE_FALLING = 3;
/** From this many on, the number itself is worth a card. */
const COUNT_CARD = 6;

interface Telling {
  material: Material;
  entries: readonly Entry[];
  values: Values;
}

/** All beats that the material of one subject gives, besides its definition. `below` lowers them all. */
export function sectionBeats(
  material: Material,
  wording: readonly Entry[],
  below: number,
  desk: Desk,
): OptionalBeat[] {
  const values = {
    ...termValues(material.subject.term),
    h: material.broader && `“${material.broader.name}”`,
  };
  return [
    ...meaningBeats(material, values, desk),
    ...PLANS.flatMap((plan) => {
      const entries = plan.part === 'wording' ? wording : material[plan.part];
      return planBeats(plan, { material, entries, values }, desk);
    }),
    ...quoteBeats(material, desk),
  ].map((beat) => ({ ...beat, priority: beat.priority - below }));
}

function headingFor(part: SectionPlan['part'], { subject, broader }: Material): string {
  const { term } = subject;
  switch (part) {
    case 'terms':
      return 'The vocabulary';
    case 'kinds':
      return term.countability === 'name' ? 'Kinds' : `Kinds of ${term.word}`;
    case 'instances':
      return 'Known by name';
    case 'parts':
      return 'The parts';
    case 'neighbours':
      return `Close to ${term.generic}`;
    case 'wording':
      return 'Inside the definition';
    case 'siblings':
      return broader ? `${capitalised(broader.name)} and its kin` : 'The relatives';
    case 'wholes':
      return 'Part of something larger';
  }
}

/** The list first, where there are enough names, then entry by entry. */
function planBeats(plan: SectionPlan, telling: Telling, desk: Desk): OptionalBeat[] {
  const { entries, material } = telling;
  const section = `${material.subject.term.word}/${plan.part}`;
  const list = entries.length >= 3 ? listBeat(plan, telling, desk) : undefined;
  const falling = plan.falling * (desk.style === 'listicle' ? LISTICLE_FALLING : 1);
  const details = entryBeats(entries, {
    teller: desk.teller,
    longest: desk.longest,
    isListed: list !== undefined,
  }).map(({ beat, entries: told }, at): OptionalBeat => ({
    beat,
    section,
    priority: plan.detailPriority - at * falling,
    names: told.map(({ name }) => name),
  }));
  return [
    ...(list ? [{ beat: list, section, priority: plan.listPriority, names: [] }] : []),
    ...details,
  ];
}

function listBeat(
  plan: SectionPlan,
  { material, entries, values }: Telling,
  desk: Desk,
): Beat | undefined {
  const named = someOf(entries);
  const { isPerson } = material.subject.term;
  const drawn = desk.seeded.draw(plan.intro, desk.style, 4);
  const ways = sayable(drawn, { ...values, ...listValues(named) }, isPerson);
  if (ways.length === 0) return undefined;
  const counted = countOf(plan.part, material, desk);
  const names = named.map(({ name }) => name);
  return {
    kind: counted ? 'number' : 'list',
    heading: headingFor(plan.part, material),
    points: counted ? counted.points : cardLines(entries.map(({ name }) => name)),
    slots: [...slot(counted?.ways ?? []), ...slot(ways)],
    keywords: names,
    sight: listed(names),
  };
}

/** "27 kinds": a figure that the dictionary itself holds, said before the list; a number card then shows it. */
function countOf(
  part: SectionPlan['part'],
  { subject, counts }: Material,
  desk: Desk,
): { points: string[]; ways: string[] } | undefined {
  const { term } = subject;
  const count = part === 'kinds' || part === 'instances' ? counts[part] : 0;
  if (count < COUNT_CARD || term.countability === 'name') return undefined;
  const values = { ...termValues(term), n: String(count), N: numberWord(count) };
  const stock = part === 'kinds' ? phrases.KINDS_COUNT : phrases.INSTANCES_COUNT;
  const unit = part === 'kinds' ? `kinds of ${term.word}` : `${term.generic} known by name`;
  return {
    points: [String(count), unit],
    ways: sayable(desk.seeded.draw(stock, desk.style, 3), values, false),
  };
}

/** Names for the list: the first, and then such as will hardly be told one by one. */
function someOf(entries: readonly Entry[]): Entry[] {
  if (entries.length <= 5) return entries.slice(0, 4);
  const from = Math.min(4, entries.length - 3);
  return [entries[0]!, ...entries.slice(from, from + 3)];
}

function quoteBeats({ subject, quotes }: Material, desk: Desk): OptionalBeat[] {
  const { term } = subject;
  return quotes.flatMap((quote, at) => {
    const ways = fillAll(desk.seeded.draw(phrases.QUOTES, desk.style, 2), {
      ...termValues(term),
      quote,
    });
    if (ways.length === 0) return [];
    const beat: Beat = {
      kind: 'quote',
      heading: quote.length <= 58 ? quote : 'In a sentence',
      points: ['Example from the dictionary'],
      slots: slot(ways),
      keywords: [term.word],
      sight: term.word,
    };
    return [{ beat, section: `${term.word}/quote-${at}`, priority: 71 - at * 11, names: [] }];
  });
}

import type { StyleName } from '../../../styles.js';
import { slot, type Beat, type OptionalBeat } from '../film/beat.js';
import { capitalised, numberWord } from '../english/words.js';
import * as phrases from '../phrases/en-sections.js';
import { BROADER, OTHER_NAMES, OTHER_SENSES } from '../phrases/en-meaning.js';
import type { Stock } from '../phrases/stock.js';
import type { Seeded } from '../seeded.js';
import { fillAll, type Values } from '../template.js';
import { definitionHeading, entryBeats, type EntryTeller } from './entry-beats.js';
import type { Entry } from './entry.js';
import type { Material } from './gather.js';
import { cardLines, listValues, termValues } from './values.js';
import { listed } from '../english/words.js';

/** What writing a film about a topic works with. */
export interface Desk {
  seeded: Seeded;
  teller: EntryTeller;
  style: StyleName;
  targetMs: number;
  /** Longest narration of a scene, in characters. */
  longest: number;
}

/** A part of the dictionary's material that is told together. */
interface SectionPlan {
  id: string;
  entries: readonly Entry[];
  intro: Stock;
  heading: string;
  listPriority: number;
  detailPriority: number;
  /** How much less each further scene matters. */
  falling: number;
}

/** All beats that the material of one subject gives, besides its definition. `below` lowers them all. */
export function sectionBeats(
  material: Material,
  wording: readonly Entry[],
  below: number,
  desk: Desk,
): OptionalBeat[] {
  const { term } = material.subject;
  const id = (name: string): string => `${term.word}/${name}`;
  const kinds = term.countability === 'name' ? 'Kinds' : `Kinds of ${term.word}`;
  const plans: SectionPlan[] = [
    {
      id: id('terms'),
      entries: material.terms,
      intro: phrases.TERMS,
      heading: 'The vocabulary',
      listPriority: 86,
      detailPriority: 79,
      falling: 3,
    },
    {
      id: id('kinds'),
      entries: material.kinds,
      intro: phrases.KINDS,
      heading: kinds,
      listPriority: 88,
      detailPriority: 80,
      falling: 3,
    },
    {
      id: id('instances'),
      entries: material.instances,
      intro: phrases.INSTANCES,
      heading: 'Known by name',
      listPriority: 84,
      detailPriority: 77,
      falling: 3,
    },
    {
      id: id('parts'),
      entries: material.parts,
      intro: phrases.PARTS,
      heading: 'The parts',
      listPriority: 83,
      detailPriority: 76,
      falling: 3,
    },
    {
      id: id('neighbours'),
      entries: material.neighbours,
      intro: phrases.NEIGHBOURS,
      heading: `Close to ${term.generic}`,
      listPriority: 74,
      detailPriority: 72,
      falling: 2.5,
    },
    {
      id: id('wording'),
      entries: wording,
      intro: phrases.WORDING,
      heading: 'Inside the definition',
      listPriority: 65,
      detailPriority: 64,
      falling: 3,
    },
    {
      id: id('siblings'),
      entries: material.siblings,
      intro: phrases.SIBLINGS,
      heading: siblingHeading(material),
      listPriority: 59,
      detailPriority: 56,
      falling: 3,
    },
    {
      id: id('wholes'),
      entries: material.wholes,
      intro: phrases.WHOLES,
      heading: 'Part of something larger',
      listPriority: 55,
      detailPriority: 54,
      falling: 3,
    },
  ];
  const values = { ...termValues(term), h: material.broader && `“${material.broader.name}”` };
  return [
    ...meaningBeats(material, values, desk),
    ...plans.flatMap((plan) => planBeats(plan, { material, values }, desk)),
    ...quoteBeats(material, desk),
  ].map((beat) => ({ ...beat, priority: beat.priority - below }));
}

function siblingHeading({ broader }: Material): string {
  return broader ? `${capitalised(broader.name)} and its kin` : 'The relatives';
}

/** The list first, where there are enough names, then entry by entry. */
function planBeats(
  plan: SectionPlan,
  { material, values }: { material: Material; values: Values },
  desk: Desk,
): OptionalBeat[] {
  const { subject } = material;
  const { entries, id, intro, listPriority, detailPriority, falling } = plan;
  if (entries.length === 0) return [];
  const beats: OptionalBeat[] = [];
  const listedEntries = someOf(entries);
  if (entries.length >= 3) {
    const ways = sayable(
      desk.seeded.draw(intro, desk.style, 4),
      { ...values, ...listValues(listedEntries) },
      subject.term.isPerson,
    );
    const counted = countOf(plan, material, desk);
    const beat: Beat = {
      kind: counted ? 'number' : 'list',
      heading: plan.heading,
      points: counted
        ? [String(counted.count), counted.unit]
        : cardLines(entries.map(({ name }) => name)),
      slots: [...slot(counted?.ways ?? []), ...slot(ways)],
      keywords: listedEntries.map(({ name }) => name),
      sight: listed(listedEntries.map(({ name }) => name)),
    };
    if (ways.length > 0) beats.push({ beat, section: id, priority: listPriority, names: [] });
  }
  for (const [at, { beat, entries: told }] of entryBeats(
    entries,
    desk.teller,
    desk.longest,
  ).entries()) {
    beats.push({
      beat,
      section: id,
      priority: detailPriority - at * falling * (desk.style === 'listicle' ? 3 : 1),
      names: told.map(({ name }) => name),
    });
  }
  return beats;
}

/** Names for the list: the first, and then such as will hardly be told one by one. */
function someOf(entries: readonly Entry[]): Entry[] {
  if (entries.length <= 5) return entries.slice(0, 4);
  const from = Math.min(4, entries.length - 3);
  return [entries[0]!, ...entries.slice(from, from + 3)];
}

/** The wider word, other names, other senses: what belongs right after the definition. */
function meaningBeats(
  { subject, broader, otherNames, otherSenses, definition }: Material,
  values: Values,
  desk: Desk,
): OptionalBeat[] {
  const { term } = subject;
  const beats: OptionalBeat[] = [];
  const add = (part: string, priority: number, beat: Omit<Beat, 'points'>): void => {
    if (beat.slots.length === 0) return;
    beats.push({
      section: `${term.word}/${part}`,
      priority,
      names: [],
      beat: { ...beat, points: [] },
    });
  };
  if (broader && !definition?.definition.text.includes(broader.definition.text)) {
    const ways = sayable(
      desk.seeded.draw(BROADER, desk.style, 4),
      { ...values, hg: broader.definition.text },
      term.isPerson,
    );
    const aside = broader.asides
      .slice(0, 1)
      .flatMap((text) =>
        slot([text.replace(/^(?:It|They)\b/, capitalised(broader.reference))], true),
      );
    add('definition', 90, {
      kind: 'statement',
      heading: definitionHeading(broader),
      slots: [...slot(ways), ...aside],
      keywords: [broader.name],
      sight: broader.name,
    });
  }
  if (otherNames.length > 0) {
    const names = { ...values, names: listed(otherNames), namesOr: listed(otherNames, 'or') };
    const ways = sayable(desk.seeded.draw(OTHER_NAMES, desk.style, 3), names, term.isPerson);
    add('definition', 63, {
      kind: 'statement',
      heading: `Also called ${otherNames[0]}`,
      slots: slot(ways),
      keywords: otherNames,
      sight: term.word,
    });
  }
  for (const [at, sense] of otherSenses.entries()) {
    const ways = sayable(
      desk.seeded.draw(OTHER_SENSES, desk.style, 4),
      { ...values, g2: sense.definition.text },
      term.isPerson,
    );
    const heading = definitionHeading({ ...sense, name: `${term.word}, in another sense` });
    add(`sense-${at}`, 70 - at * 14, {
      kind: 'statement',
      heading,
      slots: slot(ways),
      keywords: [term.word],
      sight: sense.definition.head,
    });
  }
  return beats;
}

/** "27 kinds": figures that the dictionary itself holds, said before the list; a number card then shows them. */
function countOf(
  plan: SectionPlan,
  { subject, counts }: Material,
  desk: Desk,
): { count: number; unit: string; ways: string[] } | undefined {
  const { term } = subject;
  const part = plan.id.split('/')[1];
  const isKinds = part === 'kinds';
  const count = isKinds ? counts.kinds : part === 'instances' ? counts.instances : 0;
  if (count < 6 || term.countability === 'name') return undefined;
  const values = { ...termValues(term), n: String(count), N: numberWord(count) };
  const stock = isKinds ? phrases.KINDS_COUNT : phrases.INSTANCES_COUNT;
  const unit = isKinds ? `kinds of ${term.word}` : `${term.generic} known by name`;
  return { count, unit, ways: sayable(desk.seeded.draw(stock, desk.style, 3), values, false) };
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

/** Filled phrasings; for a person those that would say "it" are left out. */
function sayable(templates: readonly string[], values: Values, isPerson: boolean): string[] {
  const usable = isPerson
    ? templates.filter((template) => !/\b(?:it|its)\b/i.test(template))
    : templates;
  return fillAll(usable, values);
}

import { slot, type Beat, type OptionalBeat } from '../film/beat.js';
import { listed, numberWord } from '../english/words.js';
import { FAREWELLS, RECAPS } from '../phrases/en-closing.js';
import { DEFINITIONS } from '../phrases/en-meaning.js';
import * as opening from '../phrases/en-opening.js';
import { STAGES } from '../phrases/en-questions.js';
import type { Stock } from '../phrases/stock.js';
import { fill, fillAll, type Values } from '../template.js';
import { definitionHeading } from './entry-beats.js';
import type { Entry } from './entry.js';
import type { Desk } from './desk.js';
import type { TopicName } from './topic-name.js';
import { headingOf } from '../../../text/heading.js';
import { cardLines, entryValues } from './values.js';

/** What the frame of the film is made from. */
export interface Frame {
  name: TopicName;
  values: Values;
  /** The dictionary has something to say, so the film may speak of entries. */
  hasEntries: boolean;
  audience: { named: boolean; kind: 'general' | 'children' | 'expert' };
  isPerson: boolean;
  /** The topic is one noun that the dictionary knows. */
  isNoun: boolean;
}

/** Names of numbered parts in the listicle's opening. */
const COUNTED = {
  thingsN: 'things',
  pointsN: 'points',
  chaptersN: 'chapters',
  entriesN: 'entries',
};

/** Wording that only fits a film about dictionary entries. */
const OF_ENTRIES = /dictionar|entr(?:y|ies)|definition|\blook(?:ed)? .{0,12}\bup\b/i;

/** Wording that only fits a topic of one word: "my grandmother's kitchen" is none. */
const OF_A_WORD = /\b(?:a|the|single) word\b/i;

/** Films of this length have room for a whole opening and a look back. */
const ROOMY_MS = 40_000;

/** Short films meet their length by choosing among more wordings. */
function breadth({ targetMs }: Desk, usual: number): number {
  return targetMs < ROOMY_MS ? 10 : usual;
}

/** The opening scene, by the number of numbered parts that it may announce. */
export function titleBeats(frame: Frame, desk: Desk): (parts: number) => Beat {
  const { name, values } = frame;
  const all = desk.seeded.draw(opening.HOOKS, desk.style, 30);
  const leads = phrased(frame.hasEntries ? opening.LEAD_INS : opening.OPEN_LEADS, {
    frame,
    desk,
    values,
    count: breadth(desk, 3),
  });
  const answers = phrased(opening.QUESTION_LEADS, { frame, desk, values, count: breadth(desk, 3) });
  const audience = forAudience(frame, desk);
  return (parts) => {
    const counted = parts >= 3 ? { N: numberWord(parts), areN: 'are', ...COUNTED } : {};
    const hooks = usable(all, frame, { ...values, ...counted }).slice(0, breadth(desk, 5));
    const slots = name.question
      ? [...slot([name.question]), ...slot(answers, desk.targetMs < ROOMY_MS)]
      : [...slot(hooks), ...slot(leads, desk.targetMs < ROOMY_MS)];
    return {
      kind: 'title',
      heading: name.title,
      points: [],
      slots: [...slots, ...audience],
      keywords: [],
      sight: name.mention,
    };
  };
}

function forAudience({ values, audience }: Frame, desk: Desk): Beat['slots'] {
  const stock = audience.kind === 'general' ? [] : opening.AUDIENCES[audience.kind];
  const own = fillAll(desk.seeded.drawFrom(stock, 2), values);
  const named = audience.named
    ? fillAll(desk.seeded.drawFrom(opening.AUDIENCES.named, 2), values)
    : [];
  return slot([...own.slice(0, audience.named ? 1 : 2), ...named], !audience.named);
}

/** What the subject is. `bridge` leads from the brief's own wording to it. */
export function definitionBeat(
  entry: Entry,
  frame: Frame,
  desk: Desk,
  bridge: readonly string[],
): Beat {
  const ways = fillAll(desk.seeded.draw(DEFINITIONS, desk.style, breadth(desk, 4)), {
    ...frame.values,
    ...entryValues(entry),
  });
  return {
    kind: 'statement',
    heading: definitionHeading(entry),
    points: [],
    slots: [
      ...slot(bridge),
      ...slot(ways),
      ...entry.asides.slice(0, 2).flatMap((aside) => slot([aside], true)),
    ],
    keywords: [entry.name],
    sight: entry.name,
  };
}

/** From "how bees make honey" to bees and honey. */
export function bridgeTo(things: readonly string[], frame: Frame, desk: Desk): string[] {
  return phrased(opening.BRIDGES, {
    frame,
    desk,
    values: { ...frame.values, words: listed(things) },
    count: 3,
  });
}

/** Questions and advice that hold for any topic, in their stages: a scene of one or two lines each. */
export function questionBeats(frame: Frame, desk: Desk): OptionalBeat[] {
  const most = frame.hasEntries ? 3 : STAGES.length;
  const stages = desk.seeded.shuffled(
    STAGES.map((_stage, at) => String(at)),
    'stages',
  );
  return STAGES.flatMap((stage, at) => {
    const rank = stages.indexOf(String(at));
    if (rank >= most) return [];
    const [headings, lines] = [
      desk.seeded.shuffled(stage.headings, 'h'),
      fillAll(desk.seeded.shuffled(stage.lines, 'q'), frame.values),
    ];
    const [first = '', ...others] = lines;
    const second = others.find((line) => first.length + line.length < desk.longest);
    const beat: Beat = {
      kind: 'statement',
      heading: headings[0] ?? frame.name.title,
      points: [],
      slots: [...slot([first]), ...slot(second ? [second] : [], frame.hasEntries)],
      keywords: [],
      sight: frame.name.mention,
    };
    return [{ beat, section: `?/${at}`, priority: 61 - rank * 9, names: [] }];
  });
}

/** What the brief wants explained and no dictionary can: said as what it is, a question to take further. */
export function wishBeats(wishes: readonly string[], frame: Frame, desk: Desk): OptionalBeat[] {
  if (wishes.length === 0) return [];
  const ways = phrased(opening.OPEN_WISHES, {
    frame,
    desk,
    values: { ...frame.values, wishes: listed(wishes) },
    count: 3,
  });
  const beat: Beat = {
    kind: 'list',
    heading: 'Questions to take further',
    points: cardLines(wishes.map((wish) => headingOf(wish, 'en'))),
    slots: slot(ways),
    keywords: [],
    sight: frame.name.mention,
  };
  return [{ beat, section: '?/9', priority: 96, names: [] }];
}

function isOfPersons(template: string): boolean {
  return !/\b(?:it|its)\b/i.test(template);
}

/** The look back and the last words. `names` were told, in their order. */
export function closingBeats(frame: Frame, desk: Desk): (names: readonly string[]) => Beat {
  const recaps = desk.seeded.draw(RECAPS, desk.style, 4);
  const farewells = phrased(FAREWELLS, {
    frame,
    desk,
    values: frame.values,
    count: breadth(desk, 8),
  }).slice(0, breadth(desk, 4));
  const heading =
    phrased(opening.CLOSING_HEADINGS, { frame, desk, values: frame.values, count: 3 })[0] ??
    frame.name.title;
  const credit = frame.hasEntries ? ['Definitions: WordNet, Princeton University'] : [];
  return (names) => {
    const [first, last] = [names[0], names.at(-1)];
    const many = [first, names[Math.floor(names.length / 2)], last].flatMap((name) => name ?? []);
    const told: Values =
      names.length >= 4 ? { ...frame.values, first, last, many: listed(many) } : {};
    return {
      kind: 'closing',
      heading,
      points: credit,
      slots: [
        ...slot(
          recaps.flatMap((recap) => fill(recap, told) ?? []).filter((line) => line.length < 150),
          desk.targetMs < ROOMY_MS,
        ),
        ...slot(farewells),
      ],
      keywords: [],
      sight: frame.name.mention,
    };
  };
}

interface Wanted {
  frame: Frame;
  desk: Desk;
  values: Values;
  count: number;
}

function phrased(stock: Stock, { frame, desk, values, count }: Wanted): string[] {
  return usable(desk.seeded.draw(stock, desk.style, count), frame, values);
}

function usable(templates: readonly string[], frame: Frame, values: Values): string[] {
  const fitting = templates.filter(
    (template) =>
      (frame.hasEntries || !OF_ENTRIES.test(template)) &&
      (frame.isNoun || !OF_A_WORD.test(template)),
  );
  return fillAll(frame.isPerson ? fitting.filter(isOfPersons) : fitting, values);
}

/**
 * The film's title: the topic as it was asked for, in the style's manner only where it is one noun that the
 * dictionary knows. Around anything else our words would read as if a machine had put them there.
 */
export function titleFor({ name, values, isNoun }: Frame, desk: Desk, parts: number): string {
  if (!isNoun || name.question) return name.title;
  const own = fillTitles(opening.TITLES[desk.style] ?? []);
  const all = own.length > 0 ? own : fillTitles(opening.TITLES.any);
  return all.find((title) => title.length <= MAX_TITLE) ?? name.title;

  function fillTitles(templates: readonly string[]): string[] {
    const inner = name.title.replace(/^(?:The|A|An) /, (article) => article.toLowerCase());
    return desk.seeded.shuffled(templates, 'titles').flatMap((template) => {
      const Title = template.startsWith('{Title}') ? name.title : inner;
      return fill(template, { ...values, Title, n: parts >= 3 ? String(parts) : undefined }) ?? [];
    });
  }
}

const MAX_TITLE = 60;

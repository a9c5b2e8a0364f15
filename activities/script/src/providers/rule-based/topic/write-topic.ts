import type { StyleName } from '../../../styles.js';
import type { Dictionary } from '../dictionary/dictionary.js';
import { titleCase } from '../english/words.js';
import type { OptionalBeat } from '../film/beat.js';
import { chooseFilm, type Chosen, type Limits } from '../film/choose.js';
import { Seeded } from '../seeded.js';
import { audienceKind, reachOf } from './audience.js';
import type { Desk } from './desk.js';
import { EntryTeller } from './entry-beats.js';
import {
  definitionBeat,
  questionBeats,
  titleBeats,
  titleFor,
  wishBeats,
  type Frame,
} from './frame-beats.js';
import { partsIn } from './number-parts.js';
import { sectionBeats } from './section-beats.js';
import { allNouns, chaptersOf, furtherSubjects, subjectsOf, type Chapter } from './study-topic.js';
import type { Subject } from './subject.js';
import { termOf, type Term } from './term.js';
import { nameTopic, type TopicName } from './topic-name.js';
import { supplyOf } from './topic-supply.js';
import { topicNouns, wordsOf } from './topic-words.js';
import { filmValues } from './values.js';

export interface TopicOrder {
  topic: string;
  /** "5 facts about …" */
  count?: number;
  /** What else the brief asks to hear of. */
  wishes?: readonly string[];
  style: StyleName;
  audience: string;
  limits: Limits;
  /** Longest narration of a scene, in characters. */
  longest: number;
}

export interface TopicFilm extends Chosen {
  title: string;
}

/**
 * A film about a bare topic, from the dictionary's words about it and our own that hold for any. Where the
 * topic's own entries are few, it goes one step further, to the words that its definition leans on.
 */
export async function writeTopic(
  order: TopicOrder,
  dictionary: Dictionary | undefined,
): Promise<TopicFilm> {
  const nouns = dictionary ? await allNouns(order.topic, order.wishes ?? [], dictionary) : [];
  const asked = await nameTopic(order.topic, nouns, dictionary);
  const subjects = dictionary ? await subjectsOf(nouns, dictionary) : [];
  const study = { order, asked, subjects };
  const film = await filmOf({ ...study, further: [] }, dictionary);
  if (!dictionary || !film.isAll || film.filmMs > order.limits.targetMs * 0.97) return film;
  const further = await furtherSubjects(
    subjects,
    dictionary,
    reachOf(order.audience, order.longest),
  );
  return further.length > 0 ? filmOf({ ...study, further }, dictionary) : film;
}

export interface TopicExtras {
  title: string;
  hooks: string[];
  extras: OptionalBeat[];
}

/** What the dictionary adds to an outline on this topic: scenes that may be told before its points, and an opening. */
export async function topicExtras(order: TopicOrder, dictionary: Dictionary): Promise<TopicExtras> {
  const nouns = await topicNouns(order.topic, dictionary);
  const name = await nameTopic(order.topic, nouns, dictionary);
  const subjects = (await subjectsOf(nouns, dictionary)).slice(0, 1);
  const desk = deskFor(order);
  const chapters = await chaptersOf(subjects, dictionary, reachOf(order.audience, order.longest));
  const whole = frameOf(order, name, chapters[0]);
  const isWhole = isWholeTopic(order.topic, chapters[0]?.material.subject);
  const values = isWhole
    ? whole.values
    : { ...whole.values, T: undefined, w: undefined, W: undefined };
  const frame = { ...whole, values, hasEntries: false };
  const hooks = titleBeats(frame, desk)(0).slots[0]?.options ?? [];
  const extras = chapters.flatMap(({ material, wording }): OptionalBeat[] => {
    if (!material.definition) return [];
    const beat = definitionBeat(material.definition, whole, desk, []);
    return [
      { beat, section: `${material.subject.term.word}/definition`, priority: 95, names: [] },
      ...sectionBeats(material, wording, 0, desk),
    ];
  });
  extras.push(...questionBeats(frame, desk));
  return { title: frame.name.title, hooks, extras };
}

interface Study {
  order: TopicOrder;
  asked: TopicName;
  subjects: readonly Subject[];
  /** Beyond the topic's own words. */
  further: readonly Subject[];
}

async function filmOf(
  { order, asked, subjects, further }: Study,
  dictionary: Dictionary | undefined,
): Promise<TopicFilm> {
  const desk = deskFor(order);
  const chapters = dictionary
    ? await chaptersOf(
        [...subjects, ...further],
        dictionary,
        reachOf(order.audience, order.longest),
      )
    : [];
  const [main] = chapters;
  const frame = frameOf(order, asked, main);
  const optional = chapters.flatMap(({ material, wording }, at) => {
    const below = at < subjects.length ? at * 7 : 34 + at * 4;
    return sectionBeats(material, wording, below, desk);
  });
  optional.push(...questionBeats(frame, desk), ...wishBeats(order.wishes ?? [], frame, desk));
  const materials = chapters.map(({ material }) => material);
  const own = chapters.filter(({ material }) => subjects.includes(material.subject)).length;
  const stock = { frame, materials, own, optional, count: order.count };
  const film = chooseFilm(supplyOf(stock, desk), order.limits);
  const parts = partsIn(film.scenes.map(({ beat }) => beat));
  return { ...film, title: titleFor(frame, desk, parts) };
}

function deskFor(order: TopicOrder): Desk {
  const seeded = new Seeded(`${order.topic.toLowerCase()}\n${order.audience.toLowerCase()}`);
  return {
    seeded,
    teller: new EntryTeller(seeded),
    style: order.style,
    targetMs: order.limits.targetMs,
    longest: order.longest,
  };
}

function frameOf(order: TopicOrder, asked: TopicName, main: Chapter | undefined): Frame {
  const term = main?.material.subject.term ?? unknownTerm(asked.mention, asked.isPlural);
  const isNoun = isWholeTopic(order.topic, main?.material.subject);
  const name = isNoun ? inGeneral(asked, term) : asked;
  return {
    name,
    values: filmValues(name, term, order.audience),
    hasEntries: main !== undefined,
    audience: { named: order.audience !== '', kind: audienceKind(order.audience) },
    isPerson: term.isPerson,
    isNoun,
  };
}

/** The topic is this one noun, perhaps with an article. */
function isWholeTopic(topic: string, subject: Subject | undefined): boolean {
  const words = wordsOf(topic)
    .join(' ')
    .toLowerCase()
    .replace(/^(?:the|an?) /, '');
  return subject !== undefined && words === subject.noun.typed.toLowerCase();
}

/** "bicycle" is a film about bicycles, "sun" one about the sun. */
function inGeneral(name: TopicName, { generic, genericIsPlural }: Term): TopicName {
  return { ...name, mention: generic, title: titleCase(generic), isPlural: genericIsPlural };
}

function unknownTerm(mention: string, isPlural: boolean): Term {
  return {
    ...termOf(mention, 'name'),
    generic: mention,
    single: mention,
    genericIsPlural: isPlural,
  };
}

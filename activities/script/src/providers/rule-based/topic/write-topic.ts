import type { StyleName } from '../../../styles.js';
import type { Dictionary } from '../dictionary/dictionary.js';
import { capitalised, numberWord, titleCase } from '../english/words.js';
import { slot, type Beat, type OptionalBeat } from '../film/beat.js';
import { chooseFilm, type Chosen, type Limits } from '../film/choose.js';
import { Seeded } from '../seeded.js';
import { arranged } from './arrange.js';
import { audienceKind, reachOf } from './audience.js';
import { EntryTeller } from './entry-beats.js';
import {
  bridgeTo,
  closingBeats,
  definitionBeat,
  questionBeats,
  titleBeats,
  titleFor,
  type Frame,
} from './frame-beats.js';
import type { Entry, Reach } from './entry.js';
import { gather, tell, type Material, type Told } from './gather.js';
import { sectionBeats, type Desk } from './section-beats.js';
import { subjectOf, subjectOfEntry, type Subject } from './subject.js';
import { termOf, type Term } from './term.js';
import { nameTopic, type TopicName } from './topic-name.js';
import { topicNouns, wordsOf, type TopicNoun } from './topic-words.js';
import { filmValues, termValues } from './values.js';
import { fillAll } from '../template.js';
import { DEEPER_TURNS, TURNS } from '../phrases/en-meaning.js';
import { wordingOf } from './wording.js';

export interface TopicOrder {
  topic: string;
  /** "5 facts about …" */
  count?: number;
  style: StyleName;
  audience: string;
  limits: Limits;
  /** Longest narration of a scene, in characters. */
  longest: number;
}

export interface TopicFilm extends Chosen {
  title: string;
  knownWords: string[];
}

const MAX_SUBJECTS = 3;
const MAX_FURTHER = 7;

/**
 * A film about a bare topic, from the dictionary's words about it and our own that hold for any. Where the
 * topic's own entries are few, it goes one step further, to the words that its definition leans on.
 */
export async function writeTopic(
  order: TopicOrder,
  dictionary: Dictionary | undefined,
): Promise<TopicFilm> {
  const nouns = dictionary ? await topicNouns(order.topic, dictionary) : [];
  const asked = await nameTopic(order.topic, nouns, dictionary);
  const subjects = dictionary ? await subjectsOf(nouns, dictionary) : [];
  const study = { order, asked, subjects };
  const film = await filmOf({ ...study, further: [] }, dictionary);
  if (!dictionary || !film.isAll || film.filmMs > order.limits.targetMs * 0.97) return film;
  const further = await furtherSubjects(subjects, dictionary, reachOf(order.audience));
  return further.length > 0 ? filmOf({ ...study, further }, dictionary) : film;
}

/** What the dictionary adds to an outline on this topic: scenes that may be told before its points, and an opening. */
export async function topicExtras(
  order: TopicOrder,
  dictionary: Dictionary,
): Promise<{ hooks: string[]; extras: OptionalBeat[] }> {
  const nouns = await topicNouns(order.topic, dictionary);
  const name = await nameTopic(order.topic, nouns, dictionary);
  const subjects = (await subjectsOf(nouns, dictionary)).slice(0, 1);
  const desk = deskFor(order);
  const chapters = await chaptersOf(subjects, dictionary, reachOf(order.audience));
  const frame = { ...frameOf(order, name, chapters[0]), hasEntries: false };
  const hooks = titleBeats(frame, desk)(0).slots[0]?.options ?? [];
  const extras = chapters.flatMap(({ material, wording }): OptionalBeat[] => {
    if (!material.definition) return [];
    const beat = definitionBeat(material.definition, frame, desk, []);
    return [
      { beat, section: `${material.subject.term.word}/definition`, priority: 95, names: [] },
      ...sectionBeats(material, wording, 0, desk),
    ];
  });
  return { hooks, extras };
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
    ? await chaptersOf([...subjects, ...further], dictionary, reachOf(order.audience))
    : [];
  const [main] = chapters;
  const frame = frameOf(order, asked, main);
  const optional = chapters.flatMap(({ material, wording }, at) => {
    const below = at < subjects.length ? at * 7 : 34 + at * 4;
    return sectionBeats(material, wording, below, desk);
  });
  optional.push(...questionBeats(frame, desk));
  const materials = chapters.map(({ material }) => material);
  const own = chapters.filter(({ material }) => subjects.includes(material.subject)).length;
  const film = chooseFilm(
    supplyOf(frame, { materials, own }, optional, { desk, count: order.count }),
    order.limits,
  );
  const parts = film.scenes.filter(({ beat }) => /^\d+\. /.test(beat.heading)).length;
  return {
    ...film,
    title: titleFor(frame, desk, parts),
    knownWords: materials.map(({ subject }) => subject.term.word),
  };
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
  const name = isWholeTopic(order.topic, main?.material.subject) ? inGeneral(asked, term) : asked;
  return {
    name,
    values: filmValues(name, term, order.audience),
    hasEntries: main !== undefined,
    audience: { named: order.audience !== '', kind: audienceKind(order.audience) },
    isPerson: term.isPerson,
  };
}

interface Chapter {
  material: Material;
  wording: Entry[];
}

/** What the dictionary holds about each subject, nothing twice. */
async function chaptersOf(
  subjects: readonly Subject[],
  dictionary: Dictionary,
  reach: Reach,
): Promise<Chapter[]> {
  const told: Told = { offsets: new Set(), names: new Set() };
  for (const { synset, term } of subjects) tell(told, synset.offset, term.word);
  const chapters: Chapter[] = [];
  for (const subject of subjects) {
    const material = await gather(subject, dictionary, { reach, told });
    if (!material.definition) continue;
    const wording = await wordingOf(subject.synset, dictionary, reach);
    chapters.push({
      material,
      wording: wording.filter(({ offset, name }) => tell(told, offset, name)),
    });
  }
  return chapters;
}

/** Words that the topic's definition leans on, its wider term, and its kinds, as subjects of their own. */
async function furtherSubjects(
  subjects: readonly Subject[],
  dictionary: Dictionary,
  reach: Reach,
): Promise<Subject[]> {
  const found: Subject[] = [];
  const known = new Set(subjects.map(({ synset }) => synset.offset));
  for (const subject of subjects) {
    const told: Told = { offsets: new Set(), names: new Set() };
    const { broader, kinds, parts } = await gather(subject, dictionary, { reach, told });
    const wording = await wordingOf(subject.synset, dictionary, reach);
    for (const entry of [
      ...wording,
      ...(broader ? [broader] : []),
      ...kinds.slice(0, 4),
      ...parts.slice(0, 3),
    ]) {
      if (entry.isName || known.has(entry.offset) || found.length >= MAX_FURTHER) continue;
      known.add(entry.offset);
      found.push(await subjectOfEntry(entry, dictionary));
    }
  }
  return found;
}

async function subjectsOf(nouns: readonly TopicNoun[], dictionary: Dictionary): Promise<Subject[]> {
  const plain = nouns.filter(({ isFacet }) => !isFacet);
  const wanted = (plain.length > 0 ? plain : nouns).slice(0, MAX_SUBJECTS + 1);
  const lemmas = nouns.map(({ lemma }) => lemma);
  const found: Subject[] = [];
  for (const noun of wanted) {
    if (found.some(({ noun: { lemma } }) => lemma === noun.lemma)) continue;
    const subject = await subjectOf(
      noun,
      lemmas.filter((lemma) => lemma !== noun.lemma),
      dictionary,
    );
    if (subject) found.push(subject);
  }
  return found.slice(0, MAX_SUBJECTS);
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

interface Making {
  desk: Desk;
  count: number | undefined;
}

function supplyOf(
  frame: Frame,
  { materials: told, own }: { materials: readonly Material[]; own: number },
  optional: readonly OptionalBeat[],
  making: Making,
) {
  const { desk } = making;
  const closing = closingBeats(frame, desk);
  const isOwnWord = told[0] !== undefined && frame.name.mention === told[0].subject.term.generic;
  const bridge = isOwnWord
    ? []
    : bridgeTo(
        told.slice(0, own).map(({ subject }) => subject.term.generic),
        frame,
        desk,
      );
  const definitions = told.flatMap(({ definition, subject }, at): OptionalBeat[] => {
    if (!definition) return [];
    const ownFrame = { ...frame, values: { ...frame.values, ...termValues(subject.term) } };
    const turn =
      at === 0
        ? bridge
        : fillAll(
            desk.seeded.draw(at < own ? TURNS : DEEPER_TURNS, desk.style, 3),
            ownFrame.values,
          );
    const beat = definitionBeat(definition, ownFrame, desk, turn);
    const priority = at === 0 ? 1_000 : at < own ? 95 - at : 58 - at * 4;
    return [{ beat, section: `${subject.term.word}/definition`, priority, names: [] }];
  });
  const title = titleBeats(frame, desk);
  const [first, ...others] = definitions;
  const core = first ? [first] : [];
  const full = (chosen: readonly OptionalBeat[]): Beat[] => {
    const ordered = arranged([...core, ...chosen], desk.seeded);
    const numbered =
      desk.style === 'listicle'
        ? numberedBeats(ordered, making.count)
        : ordered.map(({ beat }) => beat);
    const parts = numbered.filter(({ heading }) => /^\d+\. /.test(heading)).length;
    return [title(parts), ...numbered, closing(ordered.flatMap(({ names }) => names))];
  };
  const short = (): Beat[] => [title(0), ...core.map(({ beat }) => beat)];
  const single = (): Beat[] => [oneScene(title(0), core[0]?.beat)];
  const sorted = [...others, ...optional].toSorted((a, b) => b.priority - a.priority);
  return { optional: sorted, frames: [full, short, single] };
}

/** For a few seconds: the definition or the hook, and perhaps a second line. */
function oneScene(title: Beat, definition: Beat | undefined): Beat {
  const opens = title.slots[0];
  const defines = slot(
    definition?.slots.find(({ options }) => options.length > 1)?.options ?? [],
    true,
  );
  if (opens?.options.length === 1)
    return { ...title, slots: [opens, ...defines, ...title.slots.slice(1)] };
  const lines = [...(definition?.slots[0]?.options ?? []), ...(title.slots[0]?.options ?? [])];
  const more = title.slots.slice(1).flatMap(({ options }) => slot(options, true));
  return { ...title, slots: [...slot(lines), ...more] };
}

/** Listicles count their parts: each section is one, or each scene where a number was asked for. */
function numberedBeats(ordered: readonly OptionalBeat[], count: number | undefined): Beat[] {
  const groups = groupsOf(ordered, count);
  if (groups.length < 3) return ordered.map(({ beat }) => beat);
  return groups.flatMap((group, at) =>
    group.map((beat, inside) =>
      inside === 0 && at < groups.length ? numbered(beat, at + 1) : beat,
    ),
  );
}

function groupsOf(ordered: readonly OptionalBeat[], count: number | undefined): Beat[][] {
  const groups: { section: string; beats: Beat[] }[] = [];
  for (const { beat, section } of ordered) {
    const part = section.replace(/-\d+$/, '');
    const open = groups.at(-1);
    if (open && (open.section === part || beat.kind === 'quote')) open.beats.push(beat);
    else groups.push({ section: part, beats: [beat] });
  }
  while (count !== undefined && groups.length < count) {
    const largest = groups.toSorted((a, b) => b.beats.length - a.beats.length)[0];
    if (!largest || largest.beats.length < 2) break;
    const half = Math.ceil(largest.beats.length / 2);
    groups.splice(groups.indexOf(largest) + 1, 0, {
      section: largest.section,
      beats: largest.beats.splice(half),
    });
  }
  while (count !== undefined && groups.length > Math.max(1, count)) {
    const last = groups.pop();
    groups.at(-1)?.beats.push(...(last?.beats ?? []));
  }
  return groups.map(({ beats }) => beats);
}

function numbered(beat: Beat, at: number): Beat {
  const [first, ...others] = beat.slots;
  if (!first) return beat;
  const plain = first.options.filter((line) => !/^[^.]{1,40}\?/.test(line));
  const options = (plain.length > 0 ? plain : first.options).map(
    (line) => `Number ${numberWord(at)}: ${inside(line)}`,
  );
  return { ...beat, heading: `${at}. ${beat.heading}`, slots: [{ ...first, options }, ...others] };
}

/** A sentence after a colon: small at the start, unless it begins with a name. */
function inside(line: string): string {
  const [first = ''] = line.split(/[\s,:;?]/);
  const isName = /^[A-Z]{2}/.test(first) || capitalised(first) !== first;
  return isName || !STARTERS.test(line) ? line : line.charAt(0).toLowerCase() + line.slice(1);
}

const STARTERS =
  /^(?:The|A|An|Its|It|In|Under|Among|Take|Look|And|Or|One|No|There|What|Who|Start|Put|Ask|By|Here|Step|Widen|Behind|Seen|Follow|Another|You|Do|Some|Count|Below|From|Kinds|Narrow|More|Whoever|Sort|Each|Famous|Known|On|Open|To|Piece|Zoom|Turn|As|Around|Listen|Other|Search|Close|Where|Side|Compare|On|Every|Read|Unpack|Nothing|Used|Hear|Somebody|Then|Next|Say|Worth|Along|Call|Not|Remember|Elsewhere|Words|Careful|First|Top|At|According|Write|Everything|Straight|If|How|Which|Does|Could|Suppose|Try|Tell|Pick|Make|Find|Imagine|Leave|Good|Begin|Collect|Compare|Three|Think|Is|With|Below)\b/;

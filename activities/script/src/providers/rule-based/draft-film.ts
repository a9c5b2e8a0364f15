import { silenceMs } from '../../pace.js';
import { FILM_BOUNDS } from '@aura/proto';
import type { StyleName } from '../../styles.js';
import { endsLikeSentence, sentencesOf } from '../../text/sentences.js';
import type { BriefForm, Paragraph, Point } from './brief/brief-forms.js';
import type { Dictionary } from './dictionary/dictionary.js';
import type { Limits } from './film/choose.js';
import { draftScenes, type Draft } from './film/draft.js';
import type { LanguageChoice } from './languages.js';
import { reachOf } from './topic/audience.js';
import { notesOn } from './topic/wording.js';
import { topicExtras, writeTopic, type TopicOrder } from './topic/write-topic.js';
import type { OptionalBeat } from './film/beat.js';
import { Seeded } from './seeded.js';
import { lineBeats, writeLines } from './write-lines.js';
import { writeOutline } from './write-outline.js';
import { writeText } from './write-text.js';

export interface FilmOrder {
  style: StyleName;
  audience: string;
  speech: LanguageChoice;
  limits: Limits;
  longest: number;
  dictionary: Dictionary | undefined;
}

/** More points than a film has scenes are read out as text. */
const MAX_POINTS = FILM_BOUNDS.maxScenes;

type Topic = Extract<BriefForm, { form: 'topic' }>;
type Outline = Extract<BriefForm, { form: 'outline' }>;

/** The film in its draft, by the form of its brief and by what the language allows. */
export async function draftOf(content: BriefForm, order: FilmOrder): Promise<Draft> {
  const { limits, longest, speech } = order;
  if (content.form === 'text')
    return writeText({ ...content, language: speech.language, limits, longest });
  return content.form === 'topic' ? draftTopic(content, order) : draftOutline(content, order);
}

async function draftTopic({ topic, count, wishes }: Topic, order: FilmOrder): Promise<Draft> {
  const { pack } = order.speech;
  if (pack === 'en') {
    const film = await writeTopic({ ...topicOrder(topic, order), count, wishes }, order.dictionary);
    return {
      title: film.title,
      scenes: draftScenes(film),
      isAll: film.isAll,
      isOwnText: false,
      warnings: [],
    };
  }
  if (pack) return writeLines({ topic, limits: order.limits }, pack);
  return {
    ...fromOwnWords(topic, [{ heading: '', sentences: [topic], items: [] }], order),
    isOwnText: false,
  };
}

async function draftOutline(outline: Outline, order: FilmOrder): Promise<Draft> {
  const { title, points } = outline;
  if (points.length > MAX_POINTS)
    return fromOwnWords(title, paragraphsOf(points, order.speech.language), order);
  const { speech, limits, dictionary, style, longest } = order;
  const isEnglish = speech.pack === 'en' && dictionary !== undefined;
  const added =
    isEnglish && title !== ''
      ? await topicExtras(topicOrder(title, order), dictionary)
      : { title, hooks: [], extras: [] };
  const notes = isEnglish
    ? await notesFor(outline, dictionary, order)
    : new Map<number, string[]>();
  const hooks = added.hooks.length > 0 || title === '' ? added.hooks : [`${title}.`];
  const draft = writeOutline({
    title: added.title,
    points,
    style,
    language: speech.language,
    limits,
    longest,
    pack: speech.pack,
    hooks,
    extras: [...added.extras, ...linesAfter(title, speech)],
    notes,
  });
  if (draftMs(draft, limits) <= limits.targetMs * 1.1) return draft;
  return fromOwnWords(title, paragraphsOf(points, speech.language), order);
}

/** In languages without a dictionary our own questions may follow the points. */
function linesAfter(title: string, { pack }: LanguageChoice): OptionalBeat[] {
  if (!pack || pack === 'en' || title === '') return [];
  return lineBeats(title, pack, new Seeded(`${pack.language}\n${title.toLowerCase()}`)).map(
    (one) => ({ ...one, priority: one.priority * 10 }),
  );
}

/** Too long, or in a language that we have no texts in: the brief's own sentences, shortened where needed. */
function fromOwnWords(
  title: string,
  paragraphs: Paragraph[],
  { speech, limits, longest }: FilmOrder,
): Draft {
  return writeText({ title, paragraphs, language: speech.language, limits, longest });
}

function paragraphsOf(points: readonly Point[], language: string): Paragraph[] {
  return points.map(({ text, details }) => ({
    heading: endsLikeSentence(text) ? '' : text,
    items: [],
    sentences: [text, ...details].flatMap((line) =>
      sentencesOf(endsLikeSentence(line) ? line : `${line}.`, language),
    ),
  }));
}

/** What the dictionary says of words in the points, where the outline confirms the sense. */
async function notesFor(
  { title, points }: Outline,
  dictionary: Dictionary,
  { audience, longest }: FilmOrder,
): Promise<Map<number, string[]>> {
  const notes = new Map<number, string[]>();
  const told = new Set<number>();
  const context = [title, ...points.flatMap(({ text, details }) => [text, ...details])].join('. ');
  for (const [at, { text }] of points.slice(0, 24).entries()) {
    const entries = (await notesOn(text, context, dictionary, reachOf(audience, longest))).filter(
      ({ offset }) => !told.has(offset),
    );
    for (const { offset } of entries.slice(0, 1)) told.add(offset);
    notes.set(
      at,
      entries
        .slice(0, 1)
        .map(({ clause }) => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`),
    );
  }
  return notes;
}

function draftMs({ scenes }: Draft, { msOf }: Limits): number {
  return (
    scenes.flatMap(({ sentences }) => sentences).reduce((sum, line) => sum + msOf(line), 0) +
    silenceMs(scenes.length)
  );
}

function topicOrder(topic: string, order: FilmOrder): TopicOrder {
  const { style, audience, limits, longest } = order;
  return { topic, style, audience, limits, longest };
}

import { endsLikeSentence } from '../../text/sentences.js';
import { headingOf } from '../../text/heading.js';
import { keywordsOf } from '../../text/keywords.js';
import { silenceMs } from '../../pace.js';
import type { Paragraph } from './brief/brief-forms.js';
import { cardOf, type Card } from './film/card.js';
import type { Limits } from './film/choose.js';
import { warning, type Draft, type DraftScene } from './film/draft.js';
import { groupScenes, type Spoken } from './film/group.js';
import { shorten } from './film/shorten.js';

export interface TextOrder {
  title: string;
  paragraphs: readonly Paragraph[];
  language: string;
  limits: Limits;
  /** Longest narration of a scene, in characters. */
  longest: number;
}

const TOO_LONG = 1.08;
const TOO_SHORT = 0.9;

/** A film of the user's own sentences, in their order. Longer texts are shortened to the target, shorter ones stay. */
export function writeText(order: TextOrder): Draft {
  const { limits, language } = order;
  const all = spokenOf(order);
  const fullMs = roughMs(all, limits.maxScenes);
  const isLong = fullMs > limits.targetMs * TOO_LONG;
  const kept = isLong ? fitted(all, limits) : all;
  const groups = groupScenes(kept, limits.maxScenes);
  const title = order.title || titleOf(order, language);
  const ms = lengthMs(groups);
  return {
    title,
    scenes: scenesOf(groups, title, language),
    isAll: !isLong,
    isOwnText: true,
    warnings: [
      ...(isLong
        ? [
            warning(
              'TextShortened',
              `The text would take ${seconds(fullMs)} to read. ${kept.length} of its ${all.length} sentences were kept to fit ${seconds(limits.targetMs)}.`,
            ),
          ]
        : []),
      ...(!isLong && ms < limits.targetMs * TOO_SHORT
        ? [
            warning(
              'MaterialExhausted',
              `The text takes about ${seconds(ms)} to read, so the film is shorter than the ${seconds(limits.targetMs)} that were asked for. A longer text would fill them.`,
            ),
          ]
        : []),
    ],
  };
}

/** Shortens until the film, with the silence of the scenes that come out, meets the target. */
function fitted(all: readonly Spoken[], limits: Limits): Spoken[] {
  let budgetMs = limits.targetMs;
  let best = shorten(all, budgetMs);
  let bestOff = Infinity;
  for (let round = 0; round < 6; round++) {
    const kept = shorten(all, budgetMs);
    const ms = lengthMs(groupScenes(kept, limits.maxScenes));
    const off = Math.abs(ms - limits.targetMs);
    if (off < bestOff) [best, bestOff] = [kept, off];
    if (off < limits.targetMs * 0.02) break;
    budgetMs *= Math.min(1.3, Math.max(0.7, limits.targetMs / ms));
  }
  return best;
}

function spokenOf({ paragraphs, limits, longest }: TextOrder): Spoken[] {
  return paragraphs.flatMap(({ heading, sentences, items }, paragraph) =>
    sentences
      .flatMap((sentence, index) =>
        pieces(sentence, Math.max(160, longest * 1.5)).map((text) => ({
          text,
          item: items[index] ?? '',
        })),
      )
      .map(({ text, item }, at) => ({
        text,
        item,
        ms: limits.msOf(text),
        paragraph,
        heading: at === 0 ? heading : '',
      })),
  );
}

/** A sentence that no scene can hold, cut where it breathes. The pieces together are the sentence. */
export function pieces(sentence: string, longest: number): string[] {
  const found: string[] = [];
  let rest = sentence;
  while (rest.length > longest) {
    const window = rest.slice(0, Math.floor(longest));
    const end = Math.max(
      ...[/.*[;:—–。；：]/su, /.*[,،、，]/su, /.*\s/su].map((breath, at) => {
        const length = breath.exec(window)?.[0].length ?? 0;
        return length > longest * (0.4 - at * 0.05) ? length + (3 - at) * 1_000 : 0;
      }),
    );
    const at = end > 0 ? end % 1_000 : window.length;
    found.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...found, rest].filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}

/** Near enough to tell whether a text is too long, without grouping all of it. */
function roughMs(all: readonly Spoken[], maxScenes: number): number {
  const spokenMs = all.reduce((sum, { ms }) => sum + ms, 0);
  return spokenMs + silenceMs(Math.min(maxScenes, all.length, Math.ceil(spokenMs / 8_000)));
}

function lengthMs(groups: readonly Spoken[][]): number {
  return groups.flat().reduce((sum, { ms }) => sum + ms, 0) + silenceMs(groups.length);
}

function titleOf({ paragraphs }: TextOrder, language: string): string {
  const [first] = paragraphs;
  const heading = first?.heading ?? '';
  return heading || headingOf(first?.sentences[0] ?? '', language);
}

function scenesOf(groups: readonly Spoken[][], title: string, language: string): DraftScene[] {
  const scenes: DraftScene[] = [];
  for (const [at, group] of groups.entries()) {
    const sentences = group
      .map(({ text }) => text)
      .map((text, index) => closed(text, index === group.length - 1));
    const previous = scenes.at(-1)?.kind;
    const card =
      at === 0
        ? { kind: 'title' as const, heading: title, points: [] }
        : cardOf(sentences, fresh(group[0]?.heading ?? '', title), {
            language,
            previous,
            items: group.flatMap(({ item }) => item || []),
          });
    const isLast = at === groups.length - 1 && groups.length > 1;
    const shown = isLast ? closing(card) : card;
    const keywords = keywordsOf(sentences.join(' '), language);
    scenes.push({
      ...shown,
      heading: distinct(shown.heading, scenes, sentences, language),
      sentences,
      keywords,
      sight: keywords.slice(0, 4).join(', ') || shown.heading,
    });
  }
  return scenes;
}

function closing(card: Card): Card {
  return card.kind === 'statement' || card.kind === 'number'
    ? { ...card, kind: 'closing', points: [] }
    : card;
}

/** A piece cut from a long sentence still ends the caption decently. */
function closed(text: string, isLast: boolean): string {
  return isLast && !endsLikeSentence(text) && /[,;:—–]$/u.test(text)
    ? text.replace(/\s*[;:—–]$/u, ',')
    : text;
}

function fresh(heading: string, title: string): string {
  return heading === title ? '' : headingOf(heading, '');
}

/** Two cards never say the same: the second takes another sentence of its scene. */
function distinct(
  heading: string,
  scenes: readonly DraftScene[],
  sentences: readonly string[],
  language: string,
): string {
  const taken = new Set(scenes.map((scene) => scene.heading));
  return (
    [heading, ...sentences.map((sentence) => headingOf(sentence, language))].find(
      (candidate) => candidate !== '' && !taken.has(candidate),
    ) ?? heading
  );
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

import { figureIn } from '../../../text/figures.js';
import { headingOf } from '../../../text/heading.js';
import { listIn, quotationIn } from '../../../text/quotations.js';
import type { SceneKind } from './beat.js';

export interface Card {
  kind: SceneKind;
  heading: string;
  points: string[];
}

/** Kinds that the scene before had; a card with a figure after one with a figure tires. */
export interface CardContext {
  language: string;
  previous: SceneKind | undefined;
  /** Items of a list that the scene reads out. */
  items: readonly string[];
}

/** What a scene of the user's own sentences shows: a list, a figure or a quotation where it has one. */
export function cardOf(
  sentences: readonly string[],
  heading: string,
  { language, previous, items }: CardContext,
): Card {
  const text = sentences.join(' ');
  const own = heading || headingOf(headlineOf(sentences), language);
  if (items.length >= 2)
    return {
      kind: 'list',
      heading: own,
      points: items.slice(0, 6).map((item) => headingOf(item, language)),
    };
  const quotation = quotationIn(text);
  if (quotation) {
    return {
      kind: 'quote',
      heading: heading || headingOf(quotation.words, language),
      points: quotation.source ? [quotation.source] : [],
    };
  }
  const list = sentences.map(listIn).find((found) => found.length > 0);
  if (list)
    return {
      kind: 'list',
      heading: heading || listHeading(sentences, language),
      points: list.map(pointOf),
    };
  const figure = previous === 'number' ? undefined : figureIn(text);
  if (figure) {
    const about = sentences.find((sentence) => sentence.includes(figure.figure)) ?? text;
    return {
      kind: 'number',
      heading: heading || headingOf(about, language),
      points: figure.unit ? [figure.figure, figure.unit] : [figure.figure],
    };
  }
  return { kind: 'statement', heading: own, points: [] };
}

/** "they clean the hive" → "Clean the hive". */
function pointOf(item: string): string {
  const plain = item.replace(/^(?:they|we|it|you|he|she) (?=\w+ )/i, '');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** The sentence that says most in fewest words: the first, unless it is only a bridge or a question. */
function headlineOf(sentences: readonly string[]): string {
  const [first = ''] = sentences;
  if (!isWeak(first)) return first;
  return sentences.find((sentence) => !isWeak(sentence) && sentence.length <= 120) ?? first;
}

function isWeak(sentence: string): boolean {
  return (
    sentence.length < 14 ||
    /^(?:but|and|so|yet|it|this|that|they|these|he|she|then)\b/i.test(sentence)
  );
}

/** What stands before the colon of a list. */
function listHeading(sentences: readonly string[], language: string): string {
  const sentence = sentences.find((one) => listIn(one).length > 0) ?? '';
  const before = /^([^:：]{6,90})[:：]/u.exec(sentence)?.[1] ?? sentence;
  return headingOf(before, language);
}

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
}

/** What a scene of the user's own sentences shows: a list, a figure or a quotation where it has one. */
export function cardOf(
  sentences: readonly string[],
  heading: string,
  { language, previous }: CardContext,
): Card {
  const text = sentences.join(' ');
  const own = heading || headingOf(headlineOf(sentences), language);
  const quotation = quotationIn(text);
  if (quotation) {
    return {
      kind: 'quote',
      heading: heading || headingOf(quotation.words, language),
      points: quotation.source ? [quotation.source] : [],
    };
  }
  const list = sentences.map(listIn).find((items) => items.length > 0);
  if (list)
    return { kind: 'list', heading: heading || listHeading(sentences, language), points: list };
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

/** The sentence that says most in fewest words: the first, unless it is only a bridge or a question. */
function headlineOf(sentences: readonly string[]): string {
  const [first = ''] = sentences;
  const weak = (sentence: string): boolean =>
    sentence.length < 14 ||
    /^(?:but|and|so|yet|it|this|that|they|these|he|she|then)\b/i.test(sentence);
  if (!weak(first)) return first;
  return sentences.find((sentence) => !weak(sentence) && sentence.length <= 120) ?? first;
}

/** What stands before the colon of a list. */
function listHeading(sentences: readonly string[], language: string): string {
  const sentence = sentences.find((one) => listIn(one).length > 0) ?? '';
  const before = /^([^:：]{6,90})[:：]/u.exec(sentence)?.[1] ?? sentence;
  return headingOf(before, language);
}

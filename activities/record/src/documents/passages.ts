import { endsLikeSentence, sentencesOf } from '@aura/proto';

/** About a scene's worth: what is found is a thought, not a page. A Chinese character says as much as three letters. */
const BEST_CHARACTERS = 500;
const BEST_DENSE_CHARACTERS = 170;
/** Longer sentences cannot be spoken in one breath. */
const MAX_SENTENCE = 600;
/** Shorter lines that end like no sentence are headings, page numbers, captions. */
const LEAST_WORDS = 5;
/** The same where there are no spaces between words. */
const LEAST_LETTERS = 25;

/** Cuts a text into passages of a few whole sentences each, never across paragraphs. Pure, in linear time. */
export function passagesOf(text: string, language: string): string[] {
  return text.split(/\n[ \t]*\n+/).flatMap((paragraph) => cut(sentencesIn(paragraph, language)));
}

function sentencesIn(paragraph: string, language: string): string[] {
  const flat = paragraph.replaceAll(/\s+/g, ' ').trim();
  const sentences = WITHOUT_MARKS.test(flat) ? clauses(flat) : sentencesOf(flat, language);
  return sentences.filter(
    (sentence) =>
      /[\p{L}\p{N}]/u.test(sentence) &&
      sentence.length <= MAX_SENTENCE &&
      (endsLikeSentence(sentence) || isLongEnough(sentence)),
  );
}

/** Thai and Lao end their sentences with a space, and part some clauses with one. */
const WITHOUT_MARKS = /[\p{Script=Thai}\p{Script=Lao}]/u;

function clauses(text: string): string[] {
  const found: string[] = [];
  for (const piece of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length < LEAST_LETTERS) found.splice(-1, 1, `${last} ${piece}`);
    else found.push(piece);
  }
  return found;
}

function isLongEnough(sentence: string): boolean {
  return WITHOUT_MARKS.test(sentence)
    ? sentence.length >= LEAST_LETTERS
    : sentence.split(' ').length >= LEAST_WORDS;
}

function cut(sentences: readonly string[]): string[] {
  const passages: string[] = [];
  let passage = '';
  for (const sentence of sentences) {
    const isDense = DENSE_END.test(passage);
    const most = isDense ? BEST_DENSE_CHARACTERS : BEST_CHARACTERS;
    if (passage !== '' && passage.length + sentence.length > most) {
      passages.push(passage);
      passage = '';
    }
    passage = passage === '' ? sentence : `${passage}${isDense ? '' : ' '}${sentence}`;
  }
  return passage === '' ? passages : [...passages, passage];
}

/** Between Chinese and Japanese sentences there is no space. */
const DENSE_END = /[。！？．｡][」』）》]*$/u;

import { endsLikeSentence, sentencesOf } from '@aura/proto';

/** About a scene's worth: what is found is a thought, not a page. */
const BEST_CHARACTERS = 500;
/** Longer sentences cannot be spoken in one breath. */
const MAX_SENTENCE = 600;
/** Shorter lines that end like no sentence are headings, page numbers, captions. */
const LEAST_WORDS = 5;

/** Cuts a text into passages of a few whole sentences each, never across paragraphs. Pure, in linear time. */
export function passagesOf(text: string, language: string): string[] {
  return text.split(/\n[ \t]*\n+/).flatMap((paragraph) => cut(sentencesIn(paragraph, language)));
}

function sentencesIn(paragraph: string, language: string): string[] {
  const flat = paragraph.replaceAll(/\s+/g, ' ').trim();
  return sentencesOf(flat, language).filter(
    (sentence) =>
      /[\p{L}\p{N}]/u.test(sentence) &&
      sentence.length <= MAX_SENTENCE &&
      (endsLikeSentence(sentence) || sentence.split(' ').length >= LEAST_WORDS),
  );
}

function cut(sentences: readonly string[]): string[] {
  const passages: string[] = [];
  let passage = '';
  for (const sentence of sentences) {
    if (passage !== '' && passage.length + sentence.length > BEST_CHARACTERS) {
      passages.push(passage);
      passage = '';
    }
    passage = passage === '' ? sentence : `${passage} ${sentence}`;
  }
  return passage === '' ? passages : [...passages, passage];
}

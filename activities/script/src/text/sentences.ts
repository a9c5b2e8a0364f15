import { sentencesOf as everySentenceOf } from '@aura/proto';

export { endsLikeSentence } from '@aura/proto';

/** The sentences of a text in which there is something to say. */
export function sentencesOf(text: string, language: string): string[] {
  return everySentenceOf(text, language).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

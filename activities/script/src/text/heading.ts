import { graphemes, lengthOf } from './graphemes.js';
import { baseLanguage } from './language.js';

/** Longest heading that a card sets without making it small. */
export const MAX_HEADING = 56;
const MAX_HEADING_WIDE = 24;

/** No heading looks further into a sentence than this, however long the sentence is. */
const FAR_ENOUGH = 400;

const LEADING_ENGLISH =
  /^(?:and|but|so|yet|or|however|moreover|furthermore|therefore|thus|also|then|now|indeed|in fact|of course|for example|for instance|as a result|at the same time|in addition|on the other hand|even so|still|meanwhile|finally|first|second|third|today|in short|in other words|after all|perhaps|interestingly|surprisingly|well),?\s+/i;
const SUBORDINATE_ENGLISH =
  /^(?:when|while|if|after|before|because|since|although|though|as|once|until|unless|in|on|at|by|with|without|from|during|despite|over|under|through|between|among|for|to|inside|outside|every|each|across|according)\b[^,]{3,80},\s+/i;
const BREAKS_ENGLISH =
  /\s+(?=(?:because|which|that|when|while|where|who|whose|so that|and then|although|though|if|unless|until|after|before|since|but|yet|and|or|as|with|without|for|from|into|during|through|across|by|to|of|in|on|at)\s)/gi;
const DANGLING_ENGLISH =
  /\s+(?:a|an|the|and|or|but|of|in|on|at|to|for|with|by|from|as|that|which|who|is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|not|very|more|most|than|its|their|his|her|our|your|this|these|those|into|so|if|it|they|we|you|he|she|also|often|just|only|each|every|some|any|no|do|does|did|soon|how|when|where|why|what|such|while|because|until|both|either|between|about)$/i;

/**
 * A heading made from the words of a text: the sentence itself where it is short, else its main clause,
 * else its beginning with an ellipsis. Never longer than a card holds, never ending on a dangling word.
 */
export function headingOf(sentence: string, language: string): string {
  const base = baseLanguage(language);
  const most = isWide(sentence) ? MAX_HEADING_WIDE : MAX_HEADING;
  const plain = withoutEnd(sentence.slice(0, FAR_ENOUGH));
  if (lengthOf(plain) <= most) return capital(plain);
  const main = base === 'en' ? mainClause(plain) : plain;
  if (lengthOf(main) <= most) return capital(main);
  return capital(clauseWithin(main, most, base) ?? cut(main, most, base));
}

function mainClause(text: string): string {
  let main = text;
  for (let round = 0; round < 3; round++) {
    const shorter = main.replace(LEADING_ENGLISH, '').replace(SUBORDINATE_ENGLISH, '');
    if (shorter === main || shorter.length < 16) break;
    main = shorter;
  }
  return main;
}

/** The longest beginning that ends where a clause does. */
function clauseWithin(text: string, most: number, base: string): string | undefined {
  const ends = [...text.matchAll(/[,;:—–،؛、，；：(]|\s[-–—]\s/gu)].map(({ index }) => index);
  const soft = base === 'en' ? [...text.matchAll(BREAKS_ENGLISH)].map(({ index }) => index) : [];
  const least = most === MAX_HEADING ? 18 : 6;
  for (const candidates of [ends, soft]) {
    const found = candidates
      .map((end) => withoutDangling(text.slice(0, end).trim(), base))
      .filter((clause) => lengthOf(clause) <= most && lengthOf(clause) >= least && isWhole(clause))
      .at(-1);
    if (found) return found;
  }
  return undefined;
}

function isWhole(clause: string): boolean {
  return !/[“„«‘(][^”“»’)]*$/u.test(clause) && (isWide(clause) || clause.includes(' '));
}

function cut(text: string, most: number, base: string): string {
  const letters = graphemes(text)
    .slice(0, most - 1)
    .join('');
  if (isWide(text)) return `${letters}…`;
  const end = letters.lastIndexOf(' ');
  const whole = end > most / 3 ? letters.slice(0, end) : letters;
  return `${withoutDangling(whole, base).replace(/[,;:–—-]+$/u, '')}…`;
}

function withoutDangling(text: string, base: string): string {
  if (base !== 'en') return text;
  let rest = text;
  for (let round = 0; round < 4; round++) rest = rest.replace(DANGLING_ENGLISH, '');
  return rest;
}

function withoutEnd(sentence: string): string {
  return sentence
    .trim()
    .replace(/[.。।։]+(["'”’»」』)]*)$/u, '$1')
    .replace(/^["“„«「『]([^"“”„«»「」『』]+)["”“»」』]$/u, '$1')
    .trim();
}

function capital(text: string): string {
  return text.replace(/^(\p{Ll})(?!\p{Lu})/u, (letter) => letter.toUpperCase());
}

/** Mostly characters that are as wide as they are high. */
function isWide(text: string): boolean {
  const wide =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)
      ?.length ?? 0;
  return wide * 3 > text.length;
}

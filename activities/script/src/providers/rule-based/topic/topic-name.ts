import { looksPlural } from '../english/definitions.js';
import { titleCase } from '../english/words.js';
import type { Dictionary } from '../dictionary/dictionary.js';
import { wordsOf, type TopicNoun } from './topic-words.js';

/** A topic as running text and titles have it. */
export interface TopicName {
  /** Inside a sentence, after "about" ("the history of tea", "how bees make honey"). */
  mention: string;
  title: string;
  isPlural: boolean;
  /** A question with its mark, where the topic is one ("Are cats smart?"). */
  question?: string;
}

const FUNCTION_WORDS =
  /^(?:the|a|an|how|why|what|when|where|who|which|in|on|at|of|and|or|for|to|from|with|about|is|are|do|does|can|my|your|our|his|her|their|its|this|that|these|those|every|all|some|introduction|making|learning|understanding)$/i;

/** Names an English topic. Capitals that only begin the line or a title are taken back where the dictionary knows better. */
export async function nameTopic(
  topic: string,
  nouns: readonly TopicNoun[],
  dictionary: Dictionary | undefined,
): Promise<TopicName> {
  const isQuestion = topic.endsWith('?');
  const plain = withoutFrame(topic.replace(/[\s.!?,;:]+$/, '').replace(/^["“”'‘]+|["“”'’]+$/g, ''));
  const mention = await inRunningText(plain, nouns, dictionary);
  const first = mention.split(' ')[0] ?? '';
  const isClause = /^(?:how|why|what|when|where|who|which|whether)$/i.test(first);
  const isInverted =
    /^(?:is|are|do|does|did|can|could|should|will|was|were|has|have)$/i.test(first) ||
    (isQuestion && isClause && isInvertedClause(mention));
  const title = titleCase(mention) + (isInverted ? '?' : '');
  return {
    mention: isInverted ? asTopic(mention, nouns) : mention,
    title: title.length <= 70 ? title : shortened(title),
    isPlural: !isClause && !isInverted && (await isPluralTopic(mention, nouns)),
    ...(isInverted ? { question: `${mention.charAt(0).toUpperCase()}${mention.slice(1)}?` } : {}),
  };
}

/** "What is a volcano", "introduction to chess", "all about tea": the subject is what follows. */
function withoutFrame(topic: string): string {
  return topic
    .replace(
      /^(?:what(?:'s|’s| is| are)|who (?:is|was|were|are)) (?!the (?:difference|best|meaning|purpose|point))(?=[^?]{2,40}$)(?!.*\b(?:doing|made|called|used|like|for)\b)/i,
      '',
    )
    .replace(/^(?:an? )?(?:introduction|intro|guide) to /i, '')
    .replace(/^(?:all|everything|something|facts) about /i, '')
    .replace(/^(?:the )?(?:topic|subject) (?:of )?/i, '')
    .replace(
      /^(?=(?:history|future|story|origins?|benefits?|importance|rise|fall|role|art|science|basics|world|power|secrets?|effects?|impact|uses|causes|meaning|evolution) of )/i,
      'the ',
    )
    .trim();
}

function isInvertedClause(mention: string): boolean {
  return /^(?:how|why|what|when|where|who|which)(?: \w+)? (?:is|are|do|does|did|can|could|should|will|was|were|has|have)\b/i.test(
    mention,
  );
}

/** A yes-or-no question is not a thing that one can speak about; its nouns are. */
function asTopic(mention: string, nouns: readonly TopicNoun[]): string {
  const words = nouns.filter(({ isFacet }) => !isFacet).map(({ typed }) => typed.toLowerCase());
  return words.length > 0 ? words.slice(0, 2).join(' and ') : `the question “${mention}”`;
}

async function inRunningText(
  topic: string,
  nouns: readonly TopicNoun[],
  dictionary: Dictionary | undefined,
): Promise<string> {
  const words = topic.split(' ');
  const letters = topic.replace(/[^\p{L}]/gu, '');
  const isShouted = letters.length > 6 && letters === letters.toUpperCase();
  const content = words.filter((word) => !FUNCTION_WORDS.test(word) && /\p{L}/u.test(word));
  const isTitled = content.length > 1 && content.every((word) => /^\p{Lu}/u.test(word));
  const named: string[] = [];
  for (const [at, raw] of words.entries()) {
    const word = isShouted ? raw.toLowerCase() : raw;
    const mayBeLowered = at === 0 || isTitled || isShouted;
    const lowered =
      mayBeLowered && !/\p{Lu}/u.test(word.slice(1)) && (await isCommon(word, dictionary));
    named.push(lowered ? word.charAt(0).toLowerCase() + word.slice(1) : word);
  }
  let text = named.join(' ');
  for (const { typed, lemma } of nouns) text = await respelled(text, typed, lemma, dictionary);
  return text;
}

/** "roman empire" → "Roman Empire", where the dictionary has it as a name only. */
async function respelled(
  text: string,
  typed: string,
  lemma: string,
  dictionary: Dictionary | undefined,
): Promise<string> {
  const senses = (await dictionary?.senses(lemma)) ?? [];
  const spellings = senses.map(
    ({ synset }) => synset.words.find((word) => word.toLowerCase() === lemma) ?? lemma,
  );
  const name = spellings[0];
  if (
    !name ||
    typed.toLowerCase() !== lemma ||
    !spellings.every((spelling) => /^\p{Lu}/u.test(spelling))
  )
    return text;
  const at = text.toLowerCase().indexOf(typed.toLowerCase());
  return at < 0 ? text : text.slice(0, at) + name + text.slice(at + typed.length);
}

async function isCommon(word: string, dictionary: Dictionary | undefined): Promise<boolean> {
  const plain = word.replace(/[^\p{L}'-]/gu, '');
  if (FUNCTION_WORDS.test(plain)) return true;
  if (!dictionary) return false;
  const base = await dictionary.baseOf(plain);
  const senses = base === undefined ? [] : await dictionary.senses(base);
  if (senses.some(({ synset }) => synset.words.includes(base ?? ''))) return true;
  return senses.length === 0 && (await dictionary.usesByPart(plain)).other > 0;
}

async function isPluralTopic(mention: string, nouns: readonly TopicNoun[]): Promise<boolean> {
  const words = wordsOf(mention);
  if (
    /^(?:[\w' -]+) and (?:[\w' -]+)$/.test(mention) &&
    !/\b(?:of|in|for|how|between)\b/.test(mention)
  )
    return true;
  const end = words.findIndex(
    (word, at) => at > 0 && /^(?:of|in|for|with|about|on|from|to|and|vs)$/i.test(word),
  );
  const head = words[(end < 0 ? words.length : end) - 1] ?? '';
  const noun = nouns.find(({ typed }) => typed.toLowerCase().endsWith(head.toLowerCase()));
  if (/^making|^learning|^\w+ing$/i.test(words[0] ?? '') && words.length > 1 && !noun) return false;
  return noun ? noun.typed.toLowerCase() !== noun.lemma : looksPlural(head.toLowerCase());
}

function shortened(title: string): string {
  const cut = title.slice(0, 67);
  return `${cut.slice(0, Math.max(20, cut.lastIndexOf(' ')))}…`;
}

import type { Citation, Passage, Warning } from '@aura/proto';
import type { WrittenScript } from '../script-provider.js';
import { baseLanguage } from '../text/language.js';
import { keywordsOf, wordsOf } from '../text/keywords.js';
import { sentencesOf } from '../text/sentences.js';

/** A sentence of other words stands in a passage that has at least this share of its telling words. */
const LEAST_SHARE = 0.5;
/** Characters of what is cited. */
const MAX_TEXT = 200;

/**
 * The script with where each of its scenes stands in the documents: the passages that hold its sentences word for word,
 * else the one that shares most of a sentence's telling words. A scene of which nothing is found is told. Pure.
 */
export function cited(
  script: WrittenScript,
  passages: readonly Passage[] | undefined,
): WrittenScript {
  if (!passages) return script;
  const base = baseLanguage(script.language);
  const known = passages.map((passage) => {
    const words = wordsOf(passage.text, base).map((word) => word.toLowerCase());
    return { passage, plain: ` ${words.join(' ')} `, words: new Set(words) };
  });
  const scenes: Citation[] = [];
  const warnings: Warning[] = [];
  for (const { id: sceneId, narration } of script.scenes) {
    const sources = new Map<Passage, string>();
    for (const sentence of sentencesOf(narration, script.language)) {
      const source = sourceOf(sentence);
      if (source && !sources.has(source)) sources.set(source, sentence);
    }
    for (const [passage, sentence] of sources) {
      const { document, title, position } = passage;
      scenes.push({ sceneId, document, title, position, text: citedText(passage, sentence) });
    }
    if (sources.size === 0) warnings.push(notFound(sceneId));
  }
  return { ...script, citations: { scenes }, warnings: [...script.warnings, ...warnings] };

  /** The sentence of the passage that shares most with the one that is said. */
  function citedText({ text }: Passage, said: string): string {
    const heard = new Set(wordsOf(said, base).map((word) => word.toLowerCase()));
    const sentences = sentencesOf(text, script.language);
    const shares = sentences.map((sentence) => {
      const words = wordsOf(sentence, base);
      const shared = words.filter((word) => heard.has(word.toLowerCase())).length;
      return shared / Math.max(heard.size, words.length);
    });
    return shortened(sentences[shares.indexOf(Math.max(...shares))] ?? text);
  }

  function sourceOf(sentence: string): Passage | undefined {
    const words = wordsOf(sentence, base).map((word) => word.toLowerCase());
    const literal = known.find(({ plain }) => plain.includes(` ${words.join(' ')} `));
    if (literal) return literal.passage;
    const telling = keywordsOf(sentence, script.language, 12).map((word) => word.toLowerCase());
    const shares = known.map(({ words: of }) => telling.filter((word) => of.has(word)).length);
    const best = Math.max(0, ...shares);
    if (best === 0 || best < telling.length * LEAST_SHARE) return undefined;
    return known[shares.indexOf(best)]?.passage;
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_TEXT) return line;
  const head = line.slice(0, MAX_TEXT - 1);
  return `${head.replace(/\s\S{0,40}$|[\ud800-\udbff]$/u, '')}…`;
}

function notFound(sceneId: string): Warning {
  const message = 'What this scene says was not found in the documents.';
  return { code: 'NotInDocuments', message, stage: 'script', sceneId };
}

import type { Citation, Passage, Warning } from '@aura/proto';
import type { WrittenScript } from '../script-provider.js';
import { baseLanguage } from '../text/language.js';
import { keywordsOf, wordsOf } from '../text/keywords.js';
import { sentencesOf } from '../text/sentences.js';

/** A sentence of other words stands in a passage that has at least this share of its telling words. */
const LEAST_SHARE = 0.5;

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
    const sources = new Set(
      sentencesOf(narration, script.language).flatMap((sentence) => sourceOf(sentence) ?? []),
    );
    for (const { document, title, position } of sources) {
      scenes.push({ sceneId, document, title, position });
    }
    if (sources.size === 0) warnings.push(notFound(sceneId));
  }
  return { ...script, citations: { scenes }, warnings: [...script.warnings, ...warnings] };

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

function notFound(sceneId: string): Warning {
  const message = 'What this scene says was not found in the documents.';
  return { code: 'NotInDocuments', message, stage: 'script', sceneId };
}

import type { Warning } from '@aura/proto';
import {
  baseLanguage,
  contradictsScript,
  detectLanguage,
  hasSameLetters,
} from '../../text/language.js';
import type { FindRequest } from './brief/read-brief.js';
import { warning } from './film/draft.js';
import { PACKS, packFor } from './phrases/packs.js';
import type { LanguagePack } from './phrases/pack.js';

/** In which language the film is made, and which of our own texts may be used in it. */
export interface LanguageChoice {
  /** BCP 47, for the script. */
  language: string;
  /** "en", a pack, or undefined: only the brief's own words. */
  pack: LanguagePack | 'en' | undefined;
  /** The text is written in letters that the language does not have. */
  isContradicted: boolean;
  warnings: Warning[];
}

const FULL_TAGS: Record<string, string> = { en: 'en-US' };

/**
 * The asked language counts, even where the text looks otherwise; then a warning says so and none of our
 * own sentences is mixed in. Where none was asked for, the brief's wish or its own language decides.
 */
export function chooseLanguage(
  asked: string,
  wished: string | undefined,
  text: string,
): LanguageChoice {
  const detected = detectLanguage(text);
  if (asked.trim() === '') {
    const base = wished ?? detected ?? 'en';
    const isDetected = base !== 'en';
    const isContradicted = contradictsScript(text, base);
    return {
      language: FULL_TAGS[base] ?? base,
      pack: isContradicted ? undefined : ownTexts(base),
      isContradicted,
      warnings: isDetected
        ? [
            warning(
              'LanguageDetected',
              `No language was asked for; the brief reads as "${base}", so the film is made in it.`,
            ),
          ]
        : [],
    };
  }
  const base = baseLanguage(asked);
  const isContradicted = contradictsScript(text, asked);
  const isOther =
    isContradicted ||
    (detected !== undefined &&
      detected !== base &&
      !hasSameLetters(detected, base) &&
      text.length > 60 &&
      isKnown(base));
  return {
    language: asked.trim(),
    pack: isOther ? undefined : ownTexts(base),
    isContradicted,
    warnings: isOther
      ? [
          warning(
            'LanguageMismatch',
            `The brief looks as if it was written in "${detected ?? 'another language'}", but "${asked.trim()}" was asked for. Its words are used as they are.`,
          ),
        ]
      : [],
  };
}

function ownTexts(base: string): LanguagePack | 'en' | undefined {
  return base === 'en' ? 'en' : packFor(base);
}

/** We can tell this language from others. */
function isKnown(base: string): boolean {
  return base === 'en' || packFor(base) !== undefined;
}

/** The topic in a request of any language that we have texts in, the film's own first. */
export function findRequestIn(asked: string): FindRequest {
  const own = packFor(baseLanguage(asked));
  const packs = own ? [own] : asked.trim() === '' ? PACKS : [];
  return (sentence) => {
    const plain = sentence.trim().replace(/[.!?。！？।]+$/u, '');
    for (const { requests, language } of packs) {
      for (const request of requests) {
        const topic = request.exec(plain)?.[1]?.trim();
        if (topic) return { topic, language };
      }
    }
    return undefined;
  };
}

import { baseLanguage, contradictsScript, detectLanguage } from '../text/language.js';

/** Languages in Latin letters whose small words are known; others may look like one of them. */
const TOLD_APART = new Set(['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'sv', 'fi']);

/** Whether a longer text is surely not written in a language (BCP 47). Pure. */
export function isOtherLanguage(text: string, language: string): boolean {
  if (contradictsScript(text, language)) return true;
  const base = baseLanguage(language);
  const detected = detectLanguage(text);
  return detected !== undefined && detected !== base && TOLD_APART.has(base);
}

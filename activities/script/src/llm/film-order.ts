import type { Warning } from '@aura/proto';
import { readBrief } from '../providers/rule-based/brief/read-brief.js';
import { chooseLanguage, findRequestIn } from '../providers/rule-based/languages.js';
import type { Speed } from '../pace.js';
import type { ScriptOrder } from '../script-provider.js';
import { STYLES, styleFor, type StyleName } from '../styles.js';
import { cleanText } from '../text/clean-text.js';
import { baseLanguage } from '../text/language.js';
import { lengthPlan, type LengthPlan } from './length-plan.js';

/** An order as it is put to a model: everything decided that is not the model's to decide. */
export interface FilmOrder {
  brief: string;
  /** What of the user's documents it is told from; empty where there are none. */
  documents: string;
  audience: string;
  /** BCP 47, and in English words. */
  language: string;
  languageName: string;
  style: StyleName;
  plan: LengthPlan;
  pace: Speed;
  warnings: Warning[];
}

/** More than this would cost more to read than the film is worth, and overflow small models. */
const MAX_BRIEF = 24_000;

/** Reads language, style and audience out of an order. Pure. Errors: InvalidInput:brief where nothing is asked for. */
export function filmOrder({ brief, plan, pace, passages = [] }: ScriptOrder): FilmOrder {
  const { hints } = readBrief(brief.text, brief.language, findRequestIn(brief.language));
  const text = cleanText(brief.text);
  const { language, warnings } = chooseLanguage(brief.language, hints.language, text);
  const { style, mapped } = styleFor(brief.style.trim() || (hints.style ?? ''));
  const told: Warning[] = brief.language.trim() === '' ? warnings : [];
  if (mapped) {
    const asked = cleanText(brief.style).slice(0, 40);
    told.push(
      warning(
        'StyleMapped',
        `There is no style "${asked}"; the film is made as ${style}. Styles: ${STYLES.join(', ')}.`,
      ),
    );
  }
  if (text.length > MAX_BRIEF) {
    const message = `The brief is longer than a language model is given to read; its first ${MAX_BRIEF} characters are used.`;
    told.push(warning('BriefShortened', message));
  }
  return {
    brief: text.slice(0, MAX_BRIEF),
    documents: passages
      .map(({ title, text: passage }) => `[${cleanText(title)}] ${cleanText(passage)}`)
      .join('\n\n'),
    audience: cleanText(brief.audience || (hints.audience ?? ''))
      .replace(/\s+/g, ' ')
      .slice(0, 200),
    language,
    languageName: nameOf(language),
    style,
    plan: lengthPlan(plan, pace, { language, style }),
    pace,
    warnings: told,
  };
}

export function warning(code: string, message: string): Warning {
  return { code, message, stage: 'script', sceneId: '' };
}

function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  } catch {
    return baseLanguage(language) || 'the language of the brief';
  }
}

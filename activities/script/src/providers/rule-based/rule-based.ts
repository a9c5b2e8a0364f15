import { Failure } from '@aura/failure';
import { FILM_BOUNDS, type Passage, type Warning } from '@aura/proto';
import { filmMs, speechMs } from '../../pace.js';
import type { ScriptOrder, ScriptProvider, WrittenScript } from '../../script-provider.js';
import { STYLES, styleFor, type StyleName } from '../../styles.js';
import { headingOf } from '../../text/heading.js';
import { cleanText } from '../../text/clean-text.js';
import { isOrderToMachine, withoutCalls } from '../../text/orders-to-machines.js';
import { sentencesOf } from '../../text/sentences.js';
import { validateScript } from '../../validate-script.js';
import type { BriefForm, Hints } from './brief/brief-forms.js';
import { readBrief } from './brief/read-brief.js';
import { Dictionary } from './dictionary/dictionary.js';
import { locateDictionary } from './dictionary/locate.js';
import { draftOf } from './draft-film.js';
import { warning, type Draft } from './film/draft.js';
import { chooseLanguage, findRequestIn, type LanguageChoice } from './languages.js';
import { scriptScenes } from './script-scenes.js';

export const RULE_BASED = 'rule-based';

/** A film shorter than this share of its target is no film of that length. */
const FLOOR = 0.3;
/** Below this share the user is told; below the other one the script calls itself exhausted. */
const NOTABLY_SHORT = 0.9;
const FULL = 0.97;

/**
 * Scripts without any model: the brief's own words, the machine's dictionary for bare English topics, and
 * our own phrasings. Deterministic; `wordnetPath` is the dictionary's program or folder, which may be missing.
 */
export function ruleBasedProvider({ wordnetPath }: { wordnetPath: string }): ScriptProvider {
  return {
    name: RULE_BASED,
    recipe: 4,
    async report() {
      const place = await locateDictionary(wordnetPath).catch(() => undefined);
      const reason = place
        ? ''
        : 'WordNet is not installed, so scripts about bare English topics stay short (install the package "wordnet", or set WORDNET_PATH).';
      return { name: RULE_BASED, stage: 'script', usable: true, reason, languages: [] };
    },
    async identity() {
      const place = await locateDictionary(wordnetPath).catch(() => undefined);
      return place?.edition ?? 'no dictionary';
    },
    async write(order, signal) {
      const place = await locateDictionary(wordnetPath).catch(() => undefined);
      const dictionary = place && (await Dictionary.open(place));
      try {
        return await written(order, dictionary, signal);
      } finally {
        await dictionary?.close();
      }
    },
  };
}

async function written(
  { brief, plan, pace, passages }: ScriptOrder,
  dictionary: Dictionary | undefined,
  signal: AbortSignal | undefined,
): Promise<WrittenScript> {
  const asked = readBrief(brief.text, brief.language, findRequestIn(brief.language));
  const { hints } = asked;
  const content = passages ? toldFrom(passages, asked.content, brief.language) : asked.content;
  const speech = chooseLanguage(
    brief.language,
    hints.language,
    isTopic(asked.content) ? asked.content.topic : cleanText(brief.text),
  );
  const { style, warnings } = styleOf(brief.style, hints, content);
  const limits = {
    targetMs: plan.targetDurationMs,
    maxScenes: Math.max(
      1,
      Math.min(plan.maxScenes || FILM_BOUNDS.maxScenes, FILM_BOUNDS.maxScenes),
    ),
    msOf: (line: string) => speechMs(line, pace, speech.language),
  };
  const longest = Math.round(Math.min(400, Math.max(60, 12_000 / pace.msPerCharacter)));
  const audience = cleanText(brief.audience || (hints.audience ?? ''))
    .replace(/\s+/g, ' ')
    .slice(0, 60);
  const draft = await draftOf(content, { style, audience, speech, limits, longest, dictionary });
  signal?.throwIfAborted();
  const scenes = scriptScenes(draft, {
    style,
    language: speech.language,
    maxScenes: limits.maxScenes,
  });
  const ms = filmMs(scenes, pace, speech.language);
  if (scenes.length === 0 || (!draft.isOwnText && ms < limits.targetMs * FLOOR))
    throw tooShort(ms, limits.targetMs, speech);
  const script: WrittenScript = {
    title: headingOf(draft.title, speech.language).slice(0, 100) || scenes[0]!.heading,
    language: speech.language,
    style,
    scenes,
    provider: RULE_BASED,
    warnings: [
      ...warnings,
      ...speech.warnings,
      ...draft.warnings,
      ...shortness(draft, ms, limits.targetMs),
    ],
    materialExhausted: ms < limits.targetMs * (draft.isAll ? FULL : NOTABLY_SHORT),
  };
  return validateScript(script, {
    maxScenes: limits.maxScenes,
    mayRepeat: draft.isOwnText || content.form === 'outline',
  });
}

/** The documents' own sentences without those that are orders to a machine, under the name of what was asked for. */
function toldFrom(passages: readonly Passage[], asked: BriefForm, language: string): BriefForm {
  const title = asked.form === 'topic' ? asked.topic : asked.title;
  const paragraphs = passages.map(({ text }) => ({
    heading: '',
    sentences: sentencesOf(cleanText(withoutCalls(text)), language).filter(
      (sentence) => !isOrderToMachine(sentence),
    ),
    items: [],
  }));
  return { form: 'text', title, paragraphs: paragraphs.filter(hasSentences) };
}

function hasSentences({ sentences }: { sentences: readonly string[] }): boolean {
  return sentences.length > 0;
}

function styleOf(
  asked: string,
  hints: Hints,
  content: BriefForm,
): { style: StyleName; warnings: Warning[] } {
  if (asked.trim() === '') {
    const counted =
      content.form === 'topic' && content.count !== undefined ? 'listicle' : undefined;
    return { style: hints.style ?? counted ?? 'documentary', warnings: [] };
  }
  const { style, mapped } = styleFor(asked);
  const message = `There is no style "${cleanText(asked).slice(0, 40)}"; the film is made as ${style}. Styles: ${STYLES.join(', ')}.`;
  return { style, warnings: mapped ? [warning('StyleMapped', message)] : [] };
}

/** Where the brief is only a topic, its language is that of the topic and not of the request around it. */
function isTopic(content: BriefForm): content is Extract<BriefForm, { form: 'topic' }> {
  return content.form === 'topic';
}

function shortness(draft: Draft, ms: number, targetMs: number): Warning[] {
  if (draft.isOwnText || ms >= targetMs * NOTABLY_SHORT) return [];
  const message = `There is material for about ${seconds(ms)} of the ${seconds(targetMs)} that were asked for. Write points or a text into the brief, and the film can be longer.`;
  return [warning('MaterialExhausted', message)];
}

function tooShort(
  ms: number,
  targetMs: number,
  { language, pack, isContradicted }: LanguageChoice,
): Failure {
  const why = isContradicted
    ? `The brief is not written in the letters of "${language}". Ask for the language that it is written in.`
    : pack === undefined
      ? `There are no texts of our own in "${language}", so the brief has to bring the sentences.`
      : 'Write a few points or sentences into the brief, or ask for a shorter film.';
  return new Failure(
    'ScriptInvalid',
    `The brief gives material for about ${seconds(ms)} of a film of ${seconds(targetMs)}. ${why}`,
    { remediation: 'Write a longer or clearer brief, or ask for a shorter film.' },
  );
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

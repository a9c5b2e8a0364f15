import { Failure } from '@aura/failure';
import type { Scene, ScriptAnalysis, Warning } from '@aura/proto';
import { filled, promptNamed } from '@aura/prompts';
import { progress } from '@aura/work';
import { rounded } from '../analysis/analysis-by-rules.js';
import { ANALYSIS_SCHEMA, ARCS, type AnalysisAnswer } from './analysis-contract.js';
import type { Ask } from './ask-for-film.js';
import { faulty, type Fault } from './fault.js';
import { warning } from './film-order.js';
import { askedAgain, listedScenes, MAX_OUTPUT_TOKENS } from './film-questions.js';
import type { Answer, Question } from './language-model.js';
import { readAnswer } from './read-answer.js';

/** A script to be looked at, and who is asked. */
export interface AnalysisOrder {
  provider: string;
  title: string;
  style: string;
  audience: string;
  scenes: readonly Scene[];
}

/**
 * Asks how a script is built and how it feels; what is at fault is asked for once more, with its faults named. A film
 * is never lost by it: where nothing of use comes back, whatever the reason, the rules look instead and a warning says
 * so. Errors: of the caller and of this machine; on abort the signal's own reason.
 */
export async function askForAnalysis(
  order: AnalysisOrder,
  ask: Ask,
): Promise<{ analysis: ScriptAnalysis | undefined; warnings: Warning[] }> {
  const question = analysisQuestion(order);
  progress(80, 'asking how the script is built');
  try {
    const answer = await ask(question);
    const first = judged(answer, order);
    if (first.analysis) return { analysis: first.analysis, warnings: [] };
    const again = judged(await ask(askedAgain(question, answer.text, first.faults)), order);
    return { analysis: again.analysis, warnings: again.analysis ? [] : [byRules()] };
  } catch (error) {
    if (!(error instanceof Failure) || error.entry.fault !== 'provider') throw error;
    return { analysis: undefined, warnings: [byRules()] };
  }
}

function analysisQuestion({ title, style, audience, scenes }: AnalysisOrder): Question {
  return {
    name: 'analysis',
    system: promptNamed('system').text,
    user: filled(promptNamed('analysis').text, {
      title,
      style,
      audience: audience || 'Anyone who is curious.',
      scenes_list: listedScenes(scenes),
      count: String(scenes.length),
    }),
    schema: ANALYSIS_SCHEMA,
    maxOutputTokens: Math.min(MAX_OUTPUT_TOKENS, 400 + scenes.length * 90),
  };
}

interface Judged {
  analysis: ScriptAnalysis | undefined;
  faults: Fault[];
}

function judged(answer: Answer, order: AnalysisOrder): Judged {
  const read = readAnswer(answer.text, ANALYSIS_SCHEMA, answer);
  if (!read.ok) return { analysis: undefined, faults: read.faults };
  const value = read.value as AnalysisAnswer;
  const faults = analysisFaults(value, order.scenes.length);
  return { analysis: faults.length === 0 ? analysisOf(value, order) : undefined, faults };
}

/** What is wrong with an analysis that is right in form. Pure. */
export function analysisFaults({ scenes }: AnalysisAnswer, count: number): Fault[] {
  const numbers = new Set(scenes.map(({ number }) => number));
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((n) => !numbers.has(n));
  const wild = scenes.filter((one) => isOutside(one.importance) || isOutside(one.difficulty));
  return [
    ...(missing.length > 0
      ? [faulty(`there is no entry for scene ${missing.slice(0, 5).join(', ')} of ${count}`)]
      : []),
    ...(wild.length > 0 ? [faulty('importance or difficulty lies outside 0 to 100')] : []),
  ];
}

function isOutside(percent: number): boolean {
  return percent < 0 || percent > 100;
}

/** Of two entries for one scene the first counts. */
function analysisOf(
  { arc, level, scenes }: AnalysisAnswer,
  { provider, scenes: written }: AnalysisOrder,
): ScriptAnalysis {
  const entries = written.map((_scene, at) => scenes.find(({ number }) => number === at + 1)!);
  const letters = written.map(({ narration }) => narration.length);
  const total = Math.max(
    1,
    letters.reduce((sum, length) => sum + length, 0),
  );
  const complexity = entries.reduce(
    (sum, { difficulty }, at) => sum + ((difficulty / 100) * letters[at]!) / total,
    0,
  );
  return {
    by: provider,
    level,
    complexity: rounded(complexity),
    arcProblems: arc === 'sound' ? [] : [ARCS[arc]],
    scenes: entries.map(({ part, mood, shot, importance, difficulty }, at) => ({
      sceneId: written[at]!.id,
      part,
      mood,
      shot,
      importance: rounded(importance / 100),
      difficulty: rounded(difficulty / 100),
    })),
  };
}

function byRules(): Warning {
  return warning(
    'AnalysisByRules',
    'The language model did not say how the script is built; rules looked at it instead.',
  );
}

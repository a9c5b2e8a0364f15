import { Failure } from '@aura/failure';
import { FILM_BOUNDS } from '@aura/proto';
import { filmMs } from '../../pace.js';
import type { ScriptOrder, ScriptProvider, WrittenScript } from '../../script-provider.js';
import { styleFor } from '../../styles.js';
import { headingOf } from '../../text/heading.js';
import { MAX_TITLE, scriptProblems } from '../../validate-script.js';
import type { ScriptEntry } from '../script-entry.js';
import { ownScenes } from './own-scenes.js';

/** The user's own script. It stands in no chain unless the job brings one, and then it stands there alone. */
export const own: ScriptEntry = {
  name: 'own',
  stage: 'script',
  kind: 'own-script',
  runs: 'local',
  gives: 'The job’s own script, spoken as it is written.',
  capabilities: { deterministic: true },
  settings: [],
  price: { kind: 'free' },
  limits: { concurrentCalls: 64 },
  create: () => ownProvider(),
  check: () => Promise.resolve({ usable: true, reason: '' }),
};

/** Errors of write: InvalidInput:script. */
export function ownProvider(): ScriptProvider {
  return {
    name: own.name,
    recipe: 1,
    identity: () => Promise.resolve(''),
    write: (order) => Promise.resolve(order).then(written),
  };
}

function written({ brief, plan, pace, script }: ScriptOrder): WrittenScript {
  if (!script) throw refused('The job brings no script of its own.');
  const { language } = brief;
  const { style } = styleFor(brief.style);
  const maxScenes = Math.max(1, Math.min(plan.maxScenes || Infinity, FILM_BOUNDS.maxScenes));
  const { title, scenes } = ownScenes(script, { style, language, maxScenes, pace });
  const lengthMs = filmMs(scenes, pace, language);
  if (lengthMs > FILM_BOUNDS.maxDurationMs) {
    const [minutes, most] = [lengthMs, FILM_BOUNDS.maxDurationMs].map((ms) => ms / 60_000);
    throw refused(
      `The script takes about ${minutes?.toFixed(0)} minutes to speak; a film has ${most} at most.`,
    );
  }
  const result: WrittenScript = {
    title: titled(title, language) || (scenes[0]?.heading ?? ''),
    language,
    style,
    scenes,
    provider: own.name,
    warnings: [],
    // It is never written anew to meet a length.
    materialExhausted: true,
  };
  const problems = scriptProblems(result, { maxScenes, mayRepeat: true });
  if (problems.length === 0) return result;
  throw refused(`The script cannot be spoken: ${problems[0]}.`, problems.slice(0, 20).join('\n'));
}

function titled(title: string, language: string): string {
  return title.length <= MAX_TITLE ? title : headingOf(title, language);
}

function refused(message: string, details?: string): Failure {
  return new Failure('InvalidInput:script', message, details === undefined ? {} : { details });
}

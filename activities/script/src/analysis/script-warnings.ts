import type { Scene, ScriptAnalysis, Warning } from '@aura/proto';
import type { Speed } from '../pace.js';
import type { StyleName } from '../styles.js';
import { analyseComplexity } from './analyse-complexity.js';
import { narrativeArc } from './narrative-arc.js';

/** What the user should know of a script that is right in form; by rules, unless an analysis is given. Pure. */
export function scriptWarnings(
  scenes: readonly Scene[],
  context: ScriptContext,
  analysis?: ScriptAnalysis,
): Warning[] {
  const { audience } = context;
  const { problems, level, hardestSceneId } = analysis ? found(analysis) : looked(scenes, context);
  const arc = problems.map((problem) =>
    warning('NarrativeArc', `The script could be better told: ${problem}.`),
  );
  const isTooHard = level === 'demanding' && FOR_BEGINNERS.test(audience);
  return [
    ...arc,
    ...(isTooHard
      ? [
          {
            ...warning('DemandingScript', 'The script asks a lot of the audience that it is for.'),
            sceneId: hardestSceneId,
          },
        ]
      : []),
  ];
}

interface Findings {
  problems: readonly string[];
  level: string;
  hardestSceneId: string;
}

function looked(scenes: readonly Scene[], { style, language, pace }: ScriptContext): Findings {
  const { problems } = narrativeArc(scenes, { style, language });
  return { problems, ...analyseComplexity(scenes, { language, pace }) };
}

function found({ arcProblems, level, scenes }: ScriptAnalysis): Findings {
  const [hardest] = scenes.toSorted((a, b) => b.difficulty - a.difficulty);
  return { problems: arcProblems, level, hardestSceneId: hardest?.sceneId ?? '' };
}

export interface ScriptContext {
  style: StyleName;
  language: string;
  pace: Speed;
  /** As the brief names it; may be empty. */
  audience: string;
}

const FOR_BEGINNERS =
  /\b(?:child|children|kids?|pupils?|beginners?|everyone|kinder|anfänger|enfants?|débutants?|niños?|principiantes?|bambini|crianças|dzieci)\b/iu;

function warning(code: string, message: string): Warning {
  return { code, message, stage: 'script', sceneId: '' };
}

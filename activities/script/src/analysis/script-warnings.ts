import type { Scene, Warning } from '@aura/proto';
import type { Speed } from '../pace.js';
import type { StyleName } from '../styles.js';
import { analyseComplexity } from './analyse-complexity.js';
import { narrativeArc } from './narrative-arc.js';

/** What the user should know of a script that is right in form. Pure. */
export function scriptWarnings(
  scenes: readonly Scene[],
  { style, language, pace, audience }: ScriptContext,
): Warning[] {
  const { problems } = narrativeArc(scenes, { style, language });
  const arc = problems.map((problem) =>
    warning('NarrativeArc', `The script could be better told: ${problem}.`),
  );
  const { level, hardestSceneId } = analyseComplexity(scenes, { language, pace });
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

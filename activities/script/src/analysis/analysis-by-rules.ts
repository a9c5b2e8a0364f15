import type { AnalysedScene, Scene, ScriptAnalysis } from '@aura/proto';
import { analyseComplexity } from './analyse-complexity.js';
import { analyseScenes } from './analyse-scenes.js';
import { narrativeArc } from './narrative-arc.js';
import type { ScriptContext } from './script-warnings.js';
import { describePicture } from './visual-prompts.js';

export const BY_RULES = 'rules';

/** What positions, lengths and words tell of a script. In any language; the moods in English only. Pure. */
export function analysisByRules(
  scenes: readonly Scene[],
  { style, language, pace }: Omit<ScriptContext, 'audience'>,
): ScriptAnalysis {
  const analyses = analyseScenes(scenes, { language, pace });
  const { structure, problems } = narrativeArc(scenes, { style, language });
  const { level, overall } = analyseComplexity(scenes, { language, pace });
  return {
    by: BY_RULES,
    level,
    complexity: rounded(overall),
    arcProblems: problems,
    scenes: scenes.map((scene, at): AnalysedScene => {
      const { importance = 0, difficulty = 0 } = analyses[at] ?? {};
      const { mood, shot } = describePicture(scene, style);
      return {
        sceneId: scene.id,
        part: structure[at] ?? 'development',
        mood,
        shot,
        importance: rounded(importance),
        difficulty: rounded(difficulty),
      };
    }),
  };
}

/** Two places: what is measured no finer is told no finer. */
export function rounded(share: number): number {
  return Math.round(share * 100) / 100;
}

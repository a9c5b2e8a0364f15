import type { Scene } from '@aura/proto';
import type { Speed } from '../pace.js';
import { analyseScenes, share, type SceneAnalysis } from './analyse-scenes.js';

/** How much a film asks of those who listen. Shares lie between 0 and 1. */
export interface ContentComplexity {
  /** Of difficulty, density and new words together. */
  overall: number;
  difficulty: number;
  density: number;
  /** New telling words a minute. */
  newWordsPerMinute: number;
  level: 'easy' | 'moderate' | 'demanding';
  /** The scene that asks most; empty where there is none. */
  hardestSceneId: string;
}

/** Weighs the analyses of a film's scenes by how long each is heard. Pure. */
export function analyseComplexity(
  scenes: readonly Scene[],
  speech: { language: string; pace: Speed },
): ContentComplexity {
  const analyses = analyseScenes(scenes, speech);
  const totalMs = Math.max(
    1,
    analyses.reduce((sum, { speechMs }) => sum + speechMs, 0),
  );
  const mean = (of: (scene: SceneAnalysis) => number) =>
    analyses.reduce((sum, scene) => sum + of(scene) * (scene.speechMs / totalMs), 0);
  const difficulty = mean((scene) => scene.difficulty);
  const density = mean((scene) => scene.density);
  const fresh = analyses.reduce((sum, { novelty, words }) => sum + novelty * words * 0.3, 0);
  const newWordsPerMinute = (fresh * 60_000) / totalMs;
  const overall = share(0.45 * difficulty + 0.35 * density + 0.2 * share(newWordsPerMinute / 60));
  const hardest = analyses.toSorted((a, b) => demandOf(b) - demandOf(a))[0];
  return {
    overall,
    difficulty,
    density,
    newWordsPerMinute,
    level: overall < 0.35 ? 'easy' : overall < 0.65 ? 'moderate' : 'demanding',
    hardestSceneId: hardest?.sceneId ?? '',
  };
}

function demandOf({ difficulty, density }: SceneAnalysis): number {
  return difficulty + density;
}

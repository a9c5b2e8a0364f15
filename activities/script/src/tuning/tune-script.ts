import type { AnalysedScene, Scene, ScriptTuning } from '@aura/proto';
import { analysisByRules } from '../analysis/analysis-by-rules.js';
import { inMood, type Mood } from '../analysis/visual-prompts.js';
import { picturePrompt } from '../llm/picture-words.js';
import type { Speed } from '../pace.js';
import type { WrittenScript } from '../script-provider.js';
import { styleFor } from '../styles.js';
import { evenPacing } from './even-pacing.js';
import { spokenForm } from './spoken-form.js';

/** A scene with what is known of it, which its parts keep when it is cut. */
type NotedScene = Scene & { note?: AnalysedScene | undefined };

/**
 * What is done to a script after it was written, whoever wrote it: first how it reads aloud, then how it is cut into
 * scenes, and how they are pictured where its model has said how they feel. Without a wish the script comes back as
 * it is. Pure; the same script and wish give the same.
 */
export function tunedScript(
  script: WrittenScript,
  tuning: ScriptTuning | undefined,
  { pace, maxScenes }: { pace: Speed; maxScenes: number },
): WrittenScript {
  if (!tuning) return script;
  const { language, analysis } = script;
  const { style } = styleFor(script.style);
  const spoken = tuning.narration
    ? script.scenes.map((scene) => ({ ...scene, narration: spokenForm(scene.narration, language) }))
    : script.scenes;
  const known =
    tuning.analysis === true
      ? (analysis ?? analysisByRules(spoken, { style, language, pace }))
      : undefined;
  const noted = spoken.map((scene): NotedScene => {
    const note = known?.scenes.find(({ sceneId }) => sceneId === scene.id);
    return note ? { ...(analysis ? felt(scene, note) : scene), note } : scene;
  });
  const film = { language, pace, style, maxScenes, ...(known ? { patience } : {}) };
  const cut = tuning.pacing ? evenPacing(noted, film) : noted;
  return {
    ...script,
    scenes: cut.map(withoutNote),
    ...(analysis ? { analysis: { ...analysis, scenes: notesOf(cut) } } : {}),
  };
}

/** What is hard to follow gets new pictures sooner, what is easy may stand a little longer. */
function patience({ note }: NotedScene): number {
  return note ? 1.15 - 0.4 * note.difficulty : 1;
}

function felt(scene: Scene, { mood }: AnalysedScene): Scene {
  return { ...scene, visualPrompt: picturePrompt(inMood(scene.visualPrompt, mood as Mood)) };
}

function withoutNote({ note: _note, ...scene }: NotedScene): Scene {
  return scene;
}

function notesOf(scenes: readonly NotedScene[]): AnalysedScene[] {
  return scenes.flatMap(({ id, note }) => (note ? [{ ...note, sceneId: id }] : []));
}

import type { ScriptTuning } from '@aura/proto';
import type { Speed } from '../pace.js';
import type { WrittenScript } from '../script-provider.js';
import { styleFor } from '../styles.js';
import { evenPacing } from './even-pacing.js';
import { spokenForm } from './spoken-form.js';

/**
 * What is done to a script after it was written, whoever wrote it: first how it reads aloud, then how it is cut into
 * scenes. Without a wish the script comes back as it is. Pure; the same script and wish give the same.
 */
export function tunedScript(
  script: WrittenScript,
  tuning: ScriptTuning | undefined,
  { pace, maxScenes }: { pace: Speed; maxScenes: number },
): WrittenScript {
  const { language } = script;
  const { style } = styleFor(script.style);
  const spoken = tuning?.narration
    ? script.scenes.map((scene) => ({ ...scene, narration: spokenForm(scene.narration, language) }))
    : script.scenes;
  const scenes = tuning?.pacing ? evenPacing(spoken, { language, pace, style, maxScenes }) : spoken;
  return { ...script, scenes };
}

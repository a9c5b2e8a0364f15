import type { Decision, Scene, Script, VoiceSpec } from '@aura/proto';
import { editedScene, newScene } from '../edits/edited-scene.js';
import { lastNumber, sceneId } from '../edits/scene-ids.js';
import { pointsProblem, requireWhole } from '../edits/whole-film.js';
import { invalidInput } from '../problem/invalid-input.js';
import type { EditedScript } from './approval-schema.js';

/**
 * A script as its user has changed it: its scenes in their new order, with their ids; new ones get ids that none had.
 * Pure. Errors: InvalidInput.
 */
export function editedScript(
  script: Script,
  { title, scenes }: EditedScript,
  usual: VoiceSpec,
): NonNullable<Decision['script']> {
  const before = new Map(script.scenes.map((scene) => [scene.id, scene]));
  const seen = new Set<string>();
  let last = lastNumber([...before.keys()]);
  const edited = scenes.map(({ id, ...wish }, index): Scene => {
    if (id == null) {
      const narration = wish.narration ?? '';
      return { ...newScene(sceneId((last += 1)), { ...wish, narration }, undefined), index };
    }
    const scene = before.get(id);
    if (!scene || seen.has(id)) throw wrongScene(index, scene ? 'twice' : 'not');
    seen.add(id);
    return { ...editedScene(scene, wish, { usual, media: undefined }), index };
  });
  for (const [index, scene] of edited.entries()) {
    const { kind, points } = scenes[index]!;
    const problem = kind === undefined && points === undefined ? undefined : pointsProblem(scene);
    if (problem)
      throw invalidInput([{ path: ['script', 'scenes', index, 'points'], message: problem }]);
  }
  requireWhole(edited, script.scenes, ['script', 'scenes']);
  return { title: title ?? script.title, scenes: edited };
}

function wrongScene(index: number, how: 'twice' | 'not') {
  const message =
    how === 'twice' ? 'must not be named twice' : 'must be the id of a scene of the script';
  return invalidInput([{ path: ['script', 'scenes', index, 'id'], message }]);
}

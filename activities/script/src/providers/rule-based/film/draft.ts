import type { Warning } from '@aura/proto';
import type { SceneKind } from './beat.js';
import type { Fitted, Worded } from './fit.js';

/** A scene as every form of brief ends up with. */
export interface DraftScene {
  kind: SceneKind;
  heading: string;
  points: string[];
  sentences: string[];
  keywords: string[];
  /** What the picture is about, in a few words. */
  sight: string;
}

/** A whole film before it becomes a Script. */
export interface Draft {
  title: string;
  scenes: DraftScene[];
  /** There was nothing more to say. */
  isAll: boolean;
  warnings: Warning[];
  /** The user's own text, used as it is: neither floor nor ceiling of length applies. */
  isOwnText: boolean;
}

export function warning(code: string, message: string): Warning {
  return { code, message, stage: 'script', sceneId: '' };
}

export function draftScenes({ scenes }: Fitted): DraftScene[] {
  return scenes.filter(({ sentences }) => sentences.length > 0).map(sceneOf);
}

function sceneOf({ beat, sentences }: Worded): DraftScene {
  const { kind, heading, points, keywords, sight } = beat;
  return { kind, heading, points, sentences, keywords, sight };
}

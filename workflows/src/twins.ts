import type { Picture, Scene, Warning } from '@aura/proto';
import { UnitFailure } from './failures.js';

/** A picture that nobody could better is better than none. A cancel, and a mistake of ours, are no reason to keep it. */
export function keeping(picture: Picture): (error: unknown) => Picture {
  return (error) => {
    if (error instanceof UnitFailure) return picture;
    throw error;
  };
}

export function twinWarning({ id }: Scene): Warning {
  return {
    code: 'PicturesAlike',
    message: 'The picture of this scene looks like another one of the film.',
    stage: 'visuals',
    sceneId: id,
  };
}

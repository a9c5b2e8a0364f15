import {
  encodingEffort,
  FINAL_TAIL_MS,
  framesCovering,
  msOf,
  perSecond,
  rateOf,
  SCENE_LEAD_MS,
  SCENE_TAIL_MS,
  type Credits,
  type Narration,
  type Picture,
  type RenderSpec,
  type Scene,
  type Shot,
} from '@aura/proto';

/** A crossfade of half a second needs some film to fade into. */
const MIN_SHOT_MS = 1_400;

/** Where a scene lies in time: whole frames, so that segments join without rounding. */
export function shotOf(
  scene: Scene,
  made: { narration: Narration; picture: Picture },
  film: { render: RenderSpec; sceneCount: number },
): Shot {
  const isLast = scene.index === film.sceneCount - 1;
  const silenceMs = SCENE_LEAD_MS + (isLast ? FINAL_TAIL_MS : SCENE_TAIL_MS);
  const lengthMs = Math.max(MIN_SHOT_MS, made.narration.durationMs + silenceMs);
  return {
    sceneId: scene.id,
    index: scene.index,
    picture: made.picture,
    narration: made.narration,
    leadMs: SCENE_LEAD_MS,
    frames: framesCovering(lengthMs, rateOf(film.render)),
  };
}

export function framesOfFilm(shots: readonly Pick<Shot, 'frames'>[]): number {
  return shots.reduce((sum, { frames }) => sum + frames, 0);
}

export function lengthMsOf(shots: readonly Shot[], render: RenderSpec): number {
  return Math.round(msOf(framesOfFilm(shots), rateOf(render)));
}

/** Encoding takes time in proportion to length, size and effort: a minute more per 10 s of full HD. */
export function encodingTimeMs(frames: number, render: RenderSpec): number {
  const { widthPx, heightPx } = render;
  const seconds = frames / perSecond(rateOf(render));
  const size = (widthPx * heightPx) / (1_920 * 1_080);
  return Math.round(seconds * 6_000 * size * encodingEffort(render));
}

/** Whose pictures a film shows, scene by scene, where somebody has to be named. */
export function creditsOf(shots: readonly Shot[]): Credits {
  return {
    scenes: shots.flatMap(({ sceneId, picture }) => {
      const attribution = picture?.attribution;
      return attribution ? [{ sceneId, attribution }] : [];
    }),
  };
}

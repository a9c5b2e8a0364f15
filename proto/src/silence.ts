/** Silence that a film puts around the words of every scene, in ms. */
export const SCENE_LEAD_MS = 350;
export const SCENE_TAIL_MS = 550;
/** The last picture stays a little longer, so that the film ends instead of stopping. */
export const FINAL_TAIL_MS = 1_100;

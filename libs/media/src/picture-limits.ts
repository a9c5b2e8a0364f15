/**
 * The largest picture that is decoded at all, in pixels: more than the largest card (2160 px short side at
 * 16:9), far fewer than a picture bomb has (X7).
 */
export const MAX_PIXELS = 33_554_432;

/** The largest picture that is taken from outside, as a file. */
export const MAX_PICTURE_BYTES = 24 * 1024 * 1024;

export const SAMPLE_RATE_HZ = 48_000;

/** Sound that is made while it is read: stereo, 48 kHz, full scale is 1. */
export interface SoundStream {
  /** Fills both sides, equally long, with what comes next; after the end with silence. */
  read(left: Float32Array, right: Float32Array): void;
}

import { stretches, type FrameFacts } from './frame-facts.js';
import type { Size } from './frame-planes.js';
import type { Kernel } from './kernel.js';

/** Every so many rows are looked at. */
const ROW_STEP = 4;
/** Share of the pixels that are black in a black picture, and luma up to which a pixel is: 3 % of the way to white. */
const BLACK_SHARE = 0.98;
const DARK_LUMA = 22;
/** Mean change of a pixel, as a share of white, below which nothing moves. */
const STILL_CHANGE = 0.0008;
const RESULT_BYTES = 16;

/** Looks at frames as they are drawn. */
export interface FrameWatch {
  /** The picture alone, before anything was laid over it. Absent where it is the same as that before. */
  visual(at: number | undefined): void;
  /** The whole frame, and whether anything laid over it has moved. */
  finished(frame: number, at: number | undefined, moved: boolean): void;
  facts(frames: number): FrameFacts;
}

export function frameWatch(kernel: Kernel, { widthPx, heightPx }: Size): FrameWatch {
  const rows = Math.ceil(heightPx / ROW_STEP);
  const columns = widthPx - (widthPx % 16);
  const kept = kernel.take(rows * widthPx + 16);
  const result = kernel.take(RESULT_BYTES);
  const [blacks, freezes] = [stretches(), stretches()];
  let isStill = false;
  let isBlack = false;
  let isFirst = true;

  const look = (at: number) => {
    kernel.measure(at, kept, result, widthPx, heightPx, ROW_STEP, DARK_LUMA);
    const [difference = 0, dark = 0] = new Int32Array(kernel.memory.buffer, result, 2);
    return { change: difference / (rows * columns * 255), dark: dark / (rows * columns) };
  };

  return {
    visual(at) {
      isStill = !isFirst;
      if (at === undefined || columns === 0) return;
      const { change } = look(at);
      isStill = !isFirst && change < STILL_CHANGE;
      isFirst = false;
      // What moves slowly is compared with the last picture that has moved enough.
      if (!isStill) kernel.copyRows(at, widthPx * ROW_STEP, kept, widthPx, widthPx, rows);
    },
    finished(frame, at, moved) {
      if (at !== undefined && columns > 0) isBlack = look(at).dark >= BLACK_SHARE;
      blacks.note(frame, isBlack);
      freezes.note(frame, isStill && !moved);
    },
    facts: (frames) => ({ frames, blacks: blacks.found, freezes: freezes.found }),
  };
}

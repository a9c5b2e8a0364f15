import type { RenderSpec } from '@aura/proto';
import type { Motion } from '../motion/motion.js';

/** One picture on its way through a shot. */
export interface MovingStill {
  /** A PNG, as a name of ours relative to the working folder. */
  file: string;
  motion: Motion;
}

/** All that shows in one segment. */
export interface SegmentPlan {
  render: RenderSpec;
  frames: number;
  still: MovingStill;
  /** The shot before, whose tail the crossfade blends over; its motion goes on from `fromFrame`. */
  tail?: MovingStill & { fromFrame: number; frames: number };
  /** An ASS file, as a name of ours relative to the working folder. */
  captions?: string;
  /** A folder of fonts beside the installed ones, as a name of ours relative to the working folder. */
  fonts?: string;
  preset: string;
}

/** Where and how a segment is rendered; none of it shows in the picture. */
export interface RenderPlace {
  /** The working folder; the segment is written there as `output`. */
  folder: string;
  output: string;
  signal: AbortSignal | undefined;
  onFrame: (frame: number) => void;
}

/**
 * Draws and encodes segments. All renderers give the same film: H.264 high, yuv420p, BT.709, closed groups
 * of pictures, constant frame rate, the time base of `timescaleOf`.
 */
export interface SegmentRenderer {
  /** Part of every segment's key. */
  name: string;
  /** Errors: FFmpegNotFound, FFmpegFailedExitCode, OutOfDiskSpace, StepTimeout. */
  render(plan: SegmentPlan, place: RenderPlace): Promise<void>;
}

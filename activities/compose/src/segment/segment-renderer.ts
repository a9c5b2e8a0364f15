import type { FrameFacts } from '@aura/compositor';
import type { RenderSpec } from '@aura/proto';
import type { Fragment } from '@aura/timeline';
import type { HardwareDevice } from '../hardware/hardware-encoder.js';

/** All that shows in one segment, and how it is encoded. */
export interface SegmentPlan {
  render: RenderSpec;
  /** Of the captions. */
  language: string;
  fragment: Fragment;
  /** Where each picture and clip of the fragment lies, by its hash: names of ours relative to the working folder. */
  files: ReadonlyMap<string, string>;
  /** A folder of fonts beside the installed ones. */
  fontsFolder?: string | undefined;
  preset: string;
  /** What encodes it; absent for a processor. */
  hardware?: HardwareDevice | undefined;
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
 * Draws and encodes segments. All renderers give the same film: the codec, pixels and tags of `encoderArgs`, closed
 * groups of pictures, constant frame rate, the time base of `ticksOf`.
 */
export interface SegmentRenderer {
  /** Part of every segment's key. */
  name: string;
  /**
   * Gives what was seen in its frames, where the renderer looks at them.
   * Errors: FFmpegNotFound, FFmpegFailedExitCode, OutOfDiskSpace, StepTimeout, InsufficientMemory, PictureInvalid.
   */
  render(plan: SegmentPlan, place: RenderPlace): Promise<FrameFacts | undefined>;
}

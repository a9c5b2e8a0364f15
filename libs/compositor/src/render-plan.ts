/**
 * All that a run of frames shows, as plain data: it is handed to a thread as it is. Frames count from 0; lengths
 * are pixels, fractions of one allowed where nothing else is said. Widths and heights of frames, stills and clips
 * are even.
 */
export interface RenderPlan {
  widthPx: number;
  heightPx: number;
  frames: number;
  stills: Still[];
  clips: Clip[];
  sprites: Sprite[];
  /** In order; each covers the frame from `from` until before `to`. */
  visuals: VisualLayer[];
  /** Drawn over the visuals, in this order. */
  layers: SpriteLayer[];
}

/** A picture: three bytes a pixel, sRGB, row by row without gaps. Shared memory is not copied on its way to the thread. */
export interface Still {
  widthPx: number;
  heightPx: number;
  rgb: Uint8Array;
}

/**
 * A moving picture that a program writes to its output: frames of the plan's size in planar YUV 4:2:0, 8 bit,
 * limited-range BT.709, one after the other. It is started when the clip is first seen and read as frames are
 * needed. `args` are arguments of the FFmpeg that encodes the run.
 */
export interface Clip {
  args: string[];
  /** Begins anew at its end; else its last frame stays. */
  loop: boolean;
  /** Frames to leave out at the beginning, counted through the loops. */
  skipFrames: number;
}

/** A picture to lay over others: straight RGBA, 8 bit a channel, sRGB. */
export interface Sprite {
  widthPx: number;
  heightPx: number;
  rgba: Uint8Array;
}

/** Exactly one of them. A clip is read from its beginning at its layer's `from`, or at the run's first frame. */
export type LayerSource = { still: number } | { clip: number } | { colour: string };

export interface VisualLayer {
  source: LayerSource;
  /** May be below 0: the layer began before the run. */
  from: number;
  to: number;
  /**
   * The part of a still that fills the frame, in its pixels: left upper corner and width; the height follows. Clips
   * and colours fill the frame as they are.
   */
  window: { x: Track; y: Track; width: Track };
  /** How this layer takes over from the one before, from its `from` on. */
  transition?: LayerTransition;
}

export interface LayerTransition {
  kind: 'crossfade' | 'dissolve' | 'wipe' | 'slide' | 'push' | 'fade';
  frames: number;
  /** Where the picture or its edge goes to. */
  direction?: 'left' | 'right' | 'up' | 'down';
  /** #rrggbb that a fade goes through. */
  colour?: string;
  /** A crossfade that mixes light rather than signal. */
  linearLight?: boolean;
}

/** One sprite or several one after the other, somewhere, for a while. */
export interface SpriteLayer {
  /** Indices of sprites; more than one are shown for `every` frames each, the last one until the end. */
  sprites: number[];
  every?: number;
  from: number;
  to: number;
  /** Left upper corner in the frame. */
  x: Track;
  y: Track;
  /** 0 to 1. */
  opacity: Track;
  /** Only this share of the sprite is seen, from that edge on. */
  reveal?: { edge: 'left' | 'right' | 'top' | 'bottom'; share: Track };
}

/** A value that stays, or goes from keyframe to keyframe; before the first and after the last it stays. */
export type Track = number | Keyframe[];

export interface Keyframe {
  frame: number;
  value: number;
  /** Of the way to the next keyframe; linear where absent. */
  easing?: 'linear' | 'ease-in' | 'ease-out' | 'ease-in-out';
}

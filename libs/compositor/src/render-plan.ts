/**
 * All that a run of frames shows, as plain data: it is handed to a thread as it is. Frames count from 0; lengths
 * are pixels, fractions of one allowed where nothing else is said.
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

/** A picture as a file of planar YUV 4:2:0, 8 bit, limited-range BT.709, without a header. Sizes are even. */
export interface Still {
  file: string;
  widthPx: number;
  heightPx: number;
}

/** A moving picture: frames like a still's, one after the other, as `file` gives them. */
export interface Clip {
  file: string;
  widthPx: number;
  heightPx: number;
  frames: number;
}

/** A picture to lay over others: straight RGBA, 8 bit a channel, sRGB. */
export interface Sprite {
  widthPx: number;
  heightPx: number;
  rgba: Uint8Array;
}

/** Exactly one of them. */
export type LayerSource = { still: number } | { clip: number } | { colour: string };

export interface VisualLayer {
  source: LayerSource;
  /** May be below 0: the layer began before the run. */
  from: number;
  to: number;
  /** The part of the source that fills the frame: left upper corner and width; the height follows. */
  window: { x: Track; y: Track; width: Track };
  /** How this layer takes over from the one before, from its `from` on. */
  transition?: LayerTransition;
}

export interface LayerTransition {
  kind: 'crossfade' | 'dissolve' | 'wipe' | 'slide' | 'push' | 'fade';
  frames: number;
  direction?: 'left' | 'right' | 'up' | 'down';
  /** #rrggbb that a fade goes through. */
  colour?: string;
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

import {
  rateOf,
  type Caption,
  type CaptionStyle,
  type FilmPlace,
  type FilmStyle,
  type FrameRate,
  type Overlay,
  type RenderSpec,
  type Shot,
  type Timeline,
  type Visual,
} from '@aura/proto';
import { captionsIn } from './captions.js';
import { overlaysIn, overlaysOfStyle } from './overlays.js';
import { visualOf } from './visual-of.js';

/**
 * All that shows in one segment, and nothing else: equal fragments look alike. Times are frames of the segment, 0 is
 * its first; what began before it has a negative start.
 */
export interface Fragment {
  widthPx: number;
  heightPx: number;
  rate: FrameRate;
  frames: number;
  /**
   * The segment's own visual, from 0 on. Where that has a transition the one before stands in front of it, ending at
   * 0: it stays to be seen as long as the transition takes, and its motion goes on.
   */
  visuals: FragmentVisual[];
  /** Drawn over the visuals in this order. Each shows for at least one frame of the segment. */
  overlays: Overlay[];
  captions: Caption[];
  /** How the captions look, where there are some and it is not as usual. */
  captionStyle?: CaptionStyle;
}

/** Ids show nowhere. */
export type FragmentVisual = Omit<Visual, 'sceneId'>;

/** What a segment is asked for with. */
export interface FragmentParts {
  render: RenderSpec;
  style?: FilmStyle | undefined;
  shot: Shot;
  previous?: Shot | undefined;
  place?: FilmPlace | undefined;
  /** Of a timeline of the user's: in frames of the film; `place` is known then. */
  overlays?: readonly Overlay[] | undefined;
  /** In frames of the segment. */
  captions: readonly Caption[];
}

/** The fragment of one shot, without knowing the film that it belongs to. */
export function fragmentOfShot(parts: FragmentParts): Fragment {
  const { render, style, shot, previous, place } = parts;
  const { frames } = shot;
  const rate = rateOf(render);
  const visual = visualOf(shot, parts, { start: 0, isFirst: previous === undefined });
  const before = previous && visualOf(previous, parts, { start: -previous.frames, isFirst: true });
  const own = overlaysIn(parts.overlays ?? [], { start: place?.start ?? 0, frames }, rate);
  return {
    ...frameOf(render),
    frames,
    visuals: [...(visual.transition && before ? [underneath(before)] : []), anonymous(visual)],
    overlays: [...overlaysOfStyle(style?.overlays ?? [], { frames, place }, rate), ...own],
    ...captioned(captionsIn(parts.captions, { start: 0, frames }), style?.captions),
  };
}

/** The fragment of a film's visual, counted from 0. */
export function fragmentOf(timeline: Timeline, index: number): Fragment {
  const visual = timeline.visuals[index];
  if (!visual) throw new RangeError(`the timeline has no visual ${index}`);
  const { start, frames } = visual;
  const before = visual.transition && timeline.visuals[index - 1];
  const { rate } = timeline;
  const inTime = (one: Visual) => ({ ...one, start: one.start - start });
  return {
    widthPx: timeline.widthPx,
    heightPx: timeline.heightPx,
    rate,
    frames,
    visuals: [...(before ? [underneath(inTime(before))] : []), anonymous(inTime(visual))],
    overlays: overlaysIn(timeline.overlays, { start, frames }, rate),
    captions: captionsIn(timeline.captions, { start, frames }),
  };
}

function captioned(captions: Caption[], captionStyle: CaptionStyle | undefined) {
  return { captions, ...(captions.length > 0 && captionStyle ? { captionStyle } : {}) };
}

function frameOf(render: RenderSpec) {
  const { widthPx, heightPx } = render;
  return { widthPx, heightPx, rate: rateOf(render) };
}

/** How it came to be seen is over. */
function underneath(visual: Visual): FragmentVisual {
  const { transition: _over, ...rest } = anonymous(visual);
  return rest;
}

function anonymous({ sceneId: _id, ...visual }: Visual): FragmentVisual {
  return visual;
}

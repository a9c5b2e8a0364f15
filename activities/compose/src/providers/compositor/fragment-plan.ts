import path from 'node:path';
import type { Clip, LayerSource, RenderPlan, Still, VisualLayer } from '@aura/compositor';
import { Failure } from '@aura/failure';
import { perSecond } from '@aura/proto';
import type { FragmentVisual } from '@aura/timeline';
import { captionSprites } from '../../captions/caption-sprites.js';
import type { Sprites } from '../../captions/sprite-layers.js';
import type { RenderPlace, SegmentPlan } from '../../segment/segment-renderer.js';
import { clipOf } from '../clip-filters.js';
import { prepareStill } from './prepare-still.js';
import { placeOf, stillSize } from '../visual-layer.js';

export interface PlanPlace extends Pick<RenderPlace, 'folder' | 'signal'> {
  ffmpegPath: string;
  /** How long drawing the captions may take. */
  limitMs: number;
}

/**
 * All that the compositor draws for a segment. The same segment gives the same plan.
 * Errors: PictureInvalid, and those of drawing captions.
 */
export async function fragmentPlan(segment: SegmentPlan, place: PlanPlace): Promise<RenderPlan> {
  const { fragment } = segment;
  const sources = { stills: [] as Still[], clips: [] as Clip[] };
  const visuals: VisualLayer[] = [];
  for (const [index, visual] of fragment.visuals.entries()) {
    const next = fragment.visuals[index + 1];
    const end = next ? next.start + (next.transition?.frames ?? 0) : fragment.frames;
    const frame = { widthPx: fragment.widthPx, heightPx: fragment.heightPx };
    const still = stillSize(frame, visual.motion);
    const source = await sourceOf(visual, { segment, place, still, sources });
    visuals.push({ source, ...placeOf(visual, { frame, still, end }) });
  }
  const { sprites, layers } = joined([await captionsOf(segment, place)]);
  const { widthPx, heightPx, frames } = fragment;
  return { widthPx, heightPx, frames, ...sources, sprites, visuals, layers };
}

interface SourceRequest {
  segment: SegmentPlan;
  place: PlanPlace;
  still: { widthPx: number; heightPx: number };
  sources: { stills: Still[]; clips: Clip[] };
}

async function sourceOf(
  visual: FragmentVisual,
  { segment, place, still, sources }: SourceRequest,
): Promise<LayerSource> {
  const { image, clip, colour } = visual.source ?? {};
  if (clip) {
    const file = fileOf(segment, clip.video.sha256);
    return { clip: sources.clips.push(clipOf(visual, clip, { file, ...segment })) - 1 };
  }
  if (image) {
    const file = path.join(place.folder, fileOf(segment, image.sha256));
    const prepared = await prepareStill({ file, ...still, fit: visual.fit });
    return { still: sources.stills.push(prepared) - 1 };
  }
  return { colour: colour || '#000000' };
}

function fileOf({ files }: SegmentPlan, sha256: string): string {
  const file = files.get(sha256);
  if (file === undefined) throw new Failure('InternalError', 'A picture of a scene was not laid.');
  return file;
}

async function captionsOf(
  { fragment, render, language, fontsFolder }: SegmentPlan,
  { ffmpegPath, folder, signal, limitMs }: PlanPlace,
): Promise<Sprites> {
  const { captions, captionStyle: style, frames, rate } = fragment;
  const late = AbortSignal.timeout(limitMs);
  const watched = signal ? AbortSignal.any([signal, late]) : late;
  try {
    return await captionSprites(
      { captions, frames, render, fps: perSecond(rate), language, style },
      { ffmpegPath, folder, fontsFolder, signal: watched },
    );
  } catch (error) {
    if (error !== late.reason) throw error;
    throw new Failure('StepTimeout:subtitles', 'The captions were not drawn in time.');
  }
}

/** Sprites of several makers, the later over the earlier. */
function joined(parts: readonly Sprites[]): Sprites {
  const all: Sprites = { sprites: [], layers: [] };
  for (const { sprites, layers } of parts) {
    const offset = all.sprites.length;
    all.sprites.push(...sprites);
    for (const layer of layers) {
      all.layers.push({ ...layer, sprites: layer.sprites.map((sprite) => sprite + offset) });
    }
  }
  return all;
}

import path from 'node:path';
import type { Clip, LayerSource, RenderPlan, Still, VisualLayer } from '@aura/compositor';
import { Failure } from '@aura/failure';
import { sharedFontLibrary } from '@aura/drawing';
import { perSecond, type Figure } from '@aura/proto';
import type { FragmentVisual } from '@aura/timeline';
import { captionSprites } from '../../captions/caption-sprites.js';
import type { Sprites } from '../../captions/sprite-layers.js';
import { drawFigure, drawWholeFigure } from '../../figures/draw-figure.js';
import { drawOverlays } from '../../overlays/draw-overlays.js';
import { joinLayers, NOTHING_DRAWN, type DrawnLayers } from '../../overlays/drawn-layers.js';
import type { RenderPlace, SegmentPlan } from '../../segment/segment-renderer.js';
import { clipOf } from '../clip-filters.js';
import { laidFile } from '../laid-file.js';
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
  const drawn: DrawnLayers[] = [];
  for (const [index, visual] of fragment.visuals.entries()) {
    const next = fragment.visuals[index + 1];
    const end = next ? next.start + (next.transition?.frames ?? 0) : fragment.frames;
    const frame = { widthPx: fragment.widthPx, heightPx: fragment.heightPx };
    const still = stillSize(frame, visual.motion);
    const source = visual.source?.figure
      ? await figureSource(visual, visual.source.figure, { segment, isOwn: !next, sources, drawn })
      : await sourceOf(visual, { segment, place, still, sources });
    visuals.push({ source, ...placeOf(visual, { frame, still, end }) });
  }
  const { sprites, layers } = joinLayers(
    ...drawn,
    await overlaysOf(segment, place),
    await captionsOf(segment, place),
  );
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
    const file = laidFile(segment, clip.video.sha256);
    return { clip: sources.clips.push(clipOf(visual, clip, { file, ...segment })) - 1 };
  }
  if (image) {
    const file = path.join(place.folder, laidFile(segment, image.sha256));
    const prepared = await prepareStill({ file, ...still, fit: visual.fit });
    return { still: sources.stills.push(prepared) - 1 };
  }
  return { colour: colour || '#000000' };
}

/** The segment's own figure builds itself up once it is seen by itself; that of the shot before stands as it ended. */
async function figureSource(
  { transition, start, frames }: FragmentVisual,
  figure: Figure,
  {
    segment: { fragment, fontsFolder },
    isOwn,
    sources,
    drawn,
  }: Pick<SourceRequest, 'segment' | 'sources'> & { isOwn: boolean; drawn: DrawnLayers[] },
): Promise<LayerSource> {
  const fonts = await sharedFontLibrary(fontsFolder);
  if (!isOwn) {
    return { still: sources.stills.push(await drawWholeFigure(figure, fragment, fonts)) - 1 };
  }
  const { widthPx, heightPx, rate } = fragment;
  const from = start + (transition?.frames ?? 0);
  const show = { widthPx, heightPx, rate, from, to: start + frames };
  const { ground, ...layers } = await drawFigure(figure, show, fonts);
  drawn.push(layers);
  return { still: sources.stills.push(ground) - 1 };
}

async function overlaysOf(segment: SegmentPlan, place: PlanPlace): Promise<DrawnLayers> {
  const { fragment, language, fontsFolder } = segment;
  if (fragment.overlays.length === 0) return NOTHING_DRAWN;
  return drawOverlays(
    fragment.overlays,
    { ...fragment, language },
    {
      fonts: await sharedFontLibrary(fontsFolder),
      fileOf: (sha256) => laidFile(segment, sha256),
      clips: place,
    },
  );
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

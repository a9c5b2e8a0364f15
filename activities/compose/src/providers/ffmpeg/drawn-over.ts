import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Still } from '@aura/compositor';
import { sharedFontLibrary } from '@aura/drawing';
import type { Figure } from '@aura/proto';
import sharp from 'sharp';
import { drawFigure, drawWholeFigure } from '../../figures/draw-figure.js';
import { drawOverlays } from '../../overlays/draw-overlays.js';
import { joinLayers, type DrawnLayers } from '../../overlays/drawn-layers.js';
import type { OverlayTools } from '../../overlays/overlay-piece.js';
import type { SegmentPlan } from '../../segment/segment-renderer.js';

/**
 * The same segment with pictures, in the working folder, in place of its figures, and all that is drawn over its
 * pictures: what figures build themselves up of, and overlays.
 */
export async function withDrawnOver(
  plan: SegmentPlan,
  clips: OverlayTools['clips'],
): Promise<{ plan: SegmentPlan; over: DrawnLayers }> {
  const { fragment, language } = plan;
  const fonts = await sharedFontLibrary(plan.fontsFolder);
  const files = new Map(plan.files);
  const over: DrawnLayers[] = [];
  const visuals: typeof fragment.visuals = [];
  for (const [index, visual] of fragment.visuals.entries()) {
    const figure = visual.source?.figure;
    if (!figure) {
      visuals.push(visual);
      continue;
    }
    const isOwn = index === fragment.visuals.length - 1;
    const from = visual.start + (visual.transition?.frames ?? 0);
    const show = { ...fragment, from, to: visual.start + visual.frames };
    const { ground, ...layers } = isOwn
      ? await drawFigure(figure, show, fonts)
      : await standingFigure(figure, fragment, fonts);
    const image = await layGround(ground, files, clips.folder);
    over.push(layers);
    visuals.push({ ...visual, source: { image, colour: '' } });
  }
  if (fragment.overlays.length > 0) {
    const fileOf = (sha256: string) => files.get(sha256) ?? '';
    over.push(
      await drawOverlays(fragment.overlays, { ...fragment, language }, { fonts, fileOf, clips }),
    );
  }
  return {
    plan: { ...plan, files, fragment: { ...fragment, visuals } },
    over: joinLayers(...over),
  };
}

async function standingFigure(
  figure: Figure,
  frame: SegmentPlan['fragment'],
  fonts: OverlayTools['fonts'],
) {
  return { ground: await drawWholeFigure(figure, frame, fonts), sprites: [], layers: [] };
}

async function layGround(
  { widthPx: width, heightPx: height, rgb }: Still,
  files: Map<string, string>,
  folder: string,
) {
  const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  const file = `figure-${files.size}.png`;
  await writeFile(path.join(folder, file), png);
  const sha256 = createHash('sha256').update(png).digest('hex');
  files.set(sha256, file);
  return { sha256, bytes: png.byteLength, mediaType: 'image/png' };
}

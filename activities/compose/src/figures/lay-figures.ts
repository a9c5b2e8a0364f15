import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { figurePng, planFigure, sharedFontLibrary } from '@aura/drawing';
import type { SegmentPlan } from '../segment/segment-renderer.js';

/** The same segment with pictures, in the working folder, in place of its figures: as they end, and at rest. */
export async function withFiguresLaid(plan: SegmentPlan, folder: string): Promise<SegmentPlan> {
  const { fragment, fontsFolder } = plan;
  if (!fragment.visuals.some(({ source }) => source?.figure)) return plan;
  const { widthPx, heightPx } = fragment;
  const fonts = await sharedFontLibrary(fontsFolder);
  const files = new Map(plan.files);
  const visuals: typeof fragment.visuals = [];
  for (const visual of fragment.visuals) {
    const figure = visual.source?.figure;
    if (!figure) {
      visuals.push(visual);
      continue;
    }
    const file = `figure-${files.size}.png`;
    const drawn = await planFigure(figure, { widthPx, heightPx }, fonts);
    const png = await figurePng(drawn, { withParts: true, widthPx, heightPx });
    await writeFile(path.join(folder, file), png);
    const sha256 = createHash('sha256').update(png).digest('hex');
    files.set(sha256, file);
    const image = { sha256, bytes: png.byteLength, mediaType: 'image/png' };
    visuals.push({ ...visual, source: { image, colour: '' } });
  }
  return { ...plan, files, fragment: { ...fragment, visuals } };
}

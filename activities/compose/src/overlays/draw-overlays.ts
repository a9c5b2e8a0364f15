import path from 'node:path';
import { isRightToLeft } from '@aura/drawing';
import type { Overlay } from '@aura/proto';
import { clipOverlay } from './clip-overlay.js';
import { joinLayers, type DrawnLayers } from './drawn-layers.js';
import type { OverlayDrawing, OverlayFrame, OverlayTools } from './overlay-piece.js';
import { pictureOverlay } from './picture-overlay.js';
import { placeOverlay } from './place-overlay.js';
import { progressBar } from './progress-bar.js';
import { textOverlay } from './text-overlay.js';

/**
 * All that lies over a picture, in its order: texts, lower thirds, pictures, watermarks, videos and progress bars. Times
 * are frames of the segment, as in its fragment. Errors: PictureInvalid, and those of reading videos.
 */
export async function drawOverlays(
  overlays: readonly Overlay[],
  frame: OverlayFrame & { frames: number },
  tools: OverlayTools,
): Promise<DrawnLayers> {
  const drawn: DrawnLayers[] = [];
  for (const overlay of overlays) {
    const drawing = await drawingOf(overlay, frame, tools);
    if (!drawing) continue;
    drawn.push({
      sprites: drawing.pieces.flatMap(({ sprites }) => sprites),
      layers: placeOverlay(overlay, drawing, { frame, first: 0 }),
    });
  }
  return joinLayers(...drawn);
}

async function drawingOf(
  overlay: Overlay,
  frame: OverlayFrame & { frames: number },
  { fonts, fileOf, clips }: OverlayTools,
): Promise<OverlayDrawing | undefined> {
  switch (overlay.kind) {
    case 'text':
    case 'lower-third':
      return textOverlay(overlay, frame, fonts);
    case 'picture':
      return (
        overlay.image &&
        pictureOverlay(overlay, path.join(clips.folder, fileOf(overlay.image.sha256)), frame)
      );
    case 'clip': {
      const { clip } = overlay;
      if (!clip) return undefined;
      const file = fileOf(clip.video.sha256);
      return clipOverlay(overlay, clip, { file, frame, tools: clips });
    }
    case 'progress':
      return progressBar(overlay, frame, isRightToLeft(frame.language));
    default:
      return undefined;
  }
}

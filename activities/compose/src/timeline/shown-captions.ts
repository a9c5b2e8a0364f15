import {
  msOf,
  rateOf,
  type Caption,
  type CaptionStyle,
  type PlacedNarration,
  type RenderSpec,
  type Shot,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { captionsFrom, leadFrames } from '@aura/timeline';
import { captionsOf } from '../captions/shot-captions.js';

/** Whether captions are part of the picture. */
export function areBurned(style: CaptionStyle | undefined): boolean {
  return !style?.mode || style.mode === 'burned' || style.mode === 'both';
}

/** Whether a film has captions at all, burned or beside it. */
export function areWritten(style: CaptionStyle | undefined): boolean {
  return style?.mode !== 'none';
}

/** The captions of one shot's own narration, in frames from `start` on. */
export async function captionsOfShot(
  store: ArtifactStore,
  shot: Shot,
  { render, start }: { render: RenderSpec; start: number },
): Promise<Caption[]> {
  const rate = rateOf(render);
  // Narration begins with a frame, and so do its captions.
  const leadMs = msOf(leadFrames(shot, render), rate);
  const { cues } = await captionsOf(store, { ...shot, leadMs }, render);
  return captionsFrom(cues, { start, frames: shot.frames }, rate);
}

/** The captions of narrations that are heard wherever they are placed, in frames of the film. */
export async function captionsOfNarrations(
  store: ArtifactStore,
  narrations: readonly PlacedNarration[],
  { shot, render }: { shot: Shot; render: RenderSpec },
): Promise<Caption[]> {
  const captions: Caption[] = [];
  for (const { start, frames, narration } of narrations) {
    const alone = { ...shot, narration, leadMs: 0, frames };
    captions.push(...(await captionsOfShot(store, alone, { render, start })));
  }
  return captions;
}

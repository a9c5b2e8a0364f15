import path from 'node:path';
import { rateOf, type Attribution } from '@aura/proto';
import { FIT_RECIPE } from '../pictures/fit-picture.js';
import { pictureSize } from '../pictures/picture-size.js';
import type { VideoPrograms } from '../providers/visuals-entry.js';
import type { DrawnPicture, PicturePlace, PictureRequest } from '../visuals-provider.js';
import { FIT_CLIP_RECIPE, fitClip } from './fit-clip.js';

/** How any clip is fitted, for unit keys. */
export function clipInputs({ render }: Pick<PictureRequest, 'render'>): object {
  const fit = [FIT_CLIP_RECIPE, FIT_RECIPE];
  return { size: pictureSize(render), rate: rateOf(render), fit };
}

/** A scene's picture of a clip from outside, whose file lies in the scratch folder. Errors: those of `fitClip`. */
export async function drawnClip(
  source: { name: string; attribution?: Attribution | undefined; swings?: boolean },
  { render }: Pick<PictureRequest, 'render'>,
  { scratch, signal, programs }: PicturePlace & { programs: VideoPrograms },
): Promise<DrawnPicture> {
  const { swings } = source;
  const tools = { ...programs, folder: scratch, signal, swings };
  const fitted = await fitClip(source.name, render, tools);
  const { file, poster, durationMs, dhash } = fitted;
  return {
    file: path.join(scratch, poster),
    warnings: [],
    attribution: source.attribution,
    dhash,
    clip: { file: path.join(scratch, file), durationMs },
  };
}

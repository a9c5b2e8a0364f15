import path from 'node:path';
import { Failure } from '@aura/failure';
import type { Attribution } from '@aura/proto';
import { progress } from '@aura/work';
import type {
  DrawnPicture,
  PicturePlace,
  PictureRequest,
  VisualsProvider,
} from '../visuals-provider.js';
import { FIT_RECIPE, fitPicture } from './fit-picture.js';
import { invalid } from './picture-invalid.js';
import { pictureSize } from './picture-size.js';

/** A picture as it came from outside: nobody has looked at it. */
export interface FoundPicture {
  bytes: Buffer;
  attribution?: Attribution;
}

/** What a vendor's adapter does: it brings bytes. */
export interface PictureSource {
  readonly name: string;
  /** Bumped by hand whenever the adapter asks for something else. */
  readonly recipe: number;
  /** Everything that shows in the picture besides its size. */
  inputsOf(request: PictureRequest): object | Promise<object>;
  /** Pictures, the best first. The next is asked for only where the one before cannot be used. */
  pictures(request: PictureRequest, place: PicturePlace): AsyncIterable<FoundPicture>;
}

/** A provider of what a source brings: every picture goes through the same checks and comes out alike. */
export function providerOf(source: PictureSource): VisualsProvider {
  const { name, recipe } = source;
  return {
    name,
    recipe,
    inputsOf: async (request) => ({
      ...(await source.inputsOf(request)),
      size: pictureSize(request.render),
      fit: FIT_RECIPE,
    }),
    draw: (request, place) => firstThatFits(source, request, place),
  };
}

async function firstThatFits(
  source: PictureSource,
  request: PictureRequest,
  place: PicturePlace,
): Promise<DrawnPicture> {
  const file = path.join(place.scratch, 'picture.png');
  let refused = invalid('there was none');
  for await (const { bytes, attribution } of source.pictures(request, place)) {
    place.signal?.throwIfAborted();
    progress(60, `fitting the picture of scene ${request.scene.index + 1}`);
    try {
      const { dhash } = await fitPicture(bytes, request.render, file);
      return { file, warnings: [], attribution, dhash };
    } catch (error) {
      if (!isOfThePicture(error)) throw error;
      refused = error;
    }
  }
  throw refused;
}

function isOfThePicture(error: unknown): error is Failure {
  return error instanceof Failure && error.code === 'PictureInvalid';
}

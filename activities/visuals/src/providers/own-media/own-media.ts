import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { OWN_MEDIA, rateOf } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress } from '@aura/work';
import { FIT_CLIP_RECIPE, fitClip, MAX_CLIP_BYTES } from '../../clips/fit-clip.js';
import { invalid } from '../../pictures/picture-invalid.js';
import { FIT_RECIPE, MAX_PICTURE_BYTES } from '../../pictures/fit-picture.js';
import { pictureSize } from '../../pictures/picture-size.js';
import { providerOf } from '../../pictures/picture-source.js';
import type {
  DrawnPicture,
  PicturePlace,
  PictureRequest,
  VisualsProvider,
} from '../../visuals-provider.js';
import { PROGRAMS, type VideoPrograms, type VisualsEntry } from '../visuals-entry.js';

/** The picture or clip that the user has uploaded for a scene. It stands in the chain of such a scene alone. */
export const ownMedia: VisualsEntry = {
  name: OWN_MEDIA,
  stage: 'visuals',
  kind: 'own-media',
  runs: 'local',
  gives: 'The pictures and clips that the job’s own script brings for its scenes.',
  capabilities: { deterministic: true, pictures: true },
  settings: [],
  price: { kind: 'free' },
  limits: { concurrentCalls: 64 },
  create: (_settings, { store, programs = PROGRAMS }) => ownMediaProvider(store, programs),
};

/** Errors: PictureInvalid; ArtifactGone where its owner has deleted it. */
function ownMediaProvider(store: ArtifactStore, programs: VideoPrograms): VisualsProvider {
  const shown = providerOf({
    name: OWN_MEDIA,
    recipe: 1,
    inputsOf: ({ scene }) => ({ media: scene.media?.sha256 ?? '' }),
    async *pictures({ scene: { media } }) {
      if (!media) throw invalid('the scene brings none');
      if (media.bytes > MAX_PICTURE_BYTES) throw invalid(`${media.bytes} bytes are too many`);
      yield { bytes: await readFile(await store.localPath(media)) };
    },
  });
  return {
    ...shown,
    inputsOf: async (request) => (isClip(request) ? clipInputs(request) : shown.inputsOf(request)),
    async draw(request, place) {
      if (isClip(request)) return drawClip(request, place, { store, programs });
      // Who shows one picture twice wants it so: it is compared with no other.
      const { dhash: _, ...drawn } = await shown.draw(request, place);
      return drawn;
    },
  };
}

function isClip({ scene: { media } }: PictureRequest): boolean {
  return media?.mediaType.startsWith('video/') ?? false;
}

function clipInputs({ scene: { media }, render }: PictureRequest): object {
  const fit = [FIT_CLIP_RECIPE, FIT_RECIPE];
  return { clip: media?.sha256 ?? '', size: pictureSize(render), rate: rateOf(render), fit };
}

const SOURCE = 'source';

async function drawClip(
  { scene: { media, index }, render }: PictureRequest,
  { scratch, signal }: PicturePlace,
  { store, programs }: { store: ArtifactStore; programs: VideoPrograms },
): Promise<DrawnPicture> {
  if (!media) throw invalid('the scene brings none');
  if (media.bytes > MAX_CLIP_BYTES) throw invalid(`${media.bytes} bytes are too many`);
  await symlink(path.resolve(await store.localPath(media)), path.join(scratch, SOURCE));
  progress(20, `fitting the clip of scene ${index + 1}`);
  const fitted = await fitClip(SOURCE, render, { ...programs, folder: scratch, signal });
  const { file, poster, durationMs } = fitted;
  const clip = { file: path.join(scratch, file), durationMs };
  return { file: path.join(scratch, poster), warnings: [], clip };
}

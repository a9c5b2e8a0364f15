import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { OWN_MEDIA } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress } from '@aura/work';
import { clipInputs, drawnClip } from '../../clips/drawn-clip.js';
import { MAX_CLIP_BYTES } from '../../clips/fit-clip.js';
import { invalid } from '../../pictures/picture-invalid.js';
import { MAX_PICTURE_BYTES } from '../../pictures/fit-picture.js';
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
    inputsOf: async (request) =>
      isClip(request)
        ? { clip: request.scene.media?.sha256 ?? '', ...clipInputs(request) }
        : shown.inputsOf(request),
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

const SOURCE = 'source';

async function drawClip(
  { scene: { media, index }, render }: PictureRequest,
  place: PicturePlace,
  { store, programs }: { store: ArtifactStore; programs: VideoPrograms },
): Promise<DrawnPicture> {
  if (!media) throw invalid('the scene brings none');
  if (media.bytes > MAX_CLIP_BYTES) throw invalid(`${media.bytes} bytes are too many`);
  await symlink(path.resolve(await store.localPath(media)), path.join(place.scratch, SOURCE));
  progress(20, `fitting the clip of scene ${index + 1}`);
  const { dhash: _, ...drawn } = await drawnClip(
    { name: SOURCE },
    { render },
    { ...place, programs },
  );
  return drawn;
}

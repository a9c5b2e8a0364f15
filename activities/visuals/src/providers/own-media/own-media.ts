import { readFile } from 'node:fs/promises';
import { OWN_MEDIA } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { invalid } from '../../pictures/picture-invalid.js';
import { MAX_PICTURE_BYTES } from '../../pictures/fit-picture.js';
import { providerOf } from '../../pictures/picture-source.js';
import type { VisualsProvider } from '../../visuals-provider.js';
import type { VisualsEntry } from '../visuals-entry.js';

/** The picture that the user has uploaded for a scene. It stands in the chain of such a scene alone. */
export const ownMedia: VisualsEntry = {
  name: OWN_MEDIA,
  stage: 'visuals',
  kind: 'own-media',
  runs: 'local',
  gives: 'The pictures that the job’s own script brings for its scenes.',
  capabilities: { deterministic: true, pictures: true },
  settings: [],
  price: { kind: 'free' },
  limits: { concurrentCalls: 64 },
  create: (_settings, { store }) => ownMediaProvider(store),
};

/** Errors: PictureInvalid; ArtifactGone where its owner has deleted it. */
function ownMediaProvider(store: ArtifactStore): VisualsProvider {
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
    async draw(request, place) {
      // Who shows one picture twice wants it so: it is compared with no other.
      const { dhash: _, ...drawn } = await shown.draw(request, place);
      return drawn;
    },
  };
}

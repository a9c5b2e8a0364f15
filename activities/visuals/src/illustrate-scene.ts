import type { IllustrateSceneRequest, Picture } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress, unitOfWork } from '@aura/work';
import { checkPicture } from './pictures/check-picture.js';
import type { VisualsProvider } from './visuals-provider.js';

/**
 * Makes one scene's picture with a provider, checks it and publishes it. A picture that was made before from the same
 * content, size and look is given back.
 * Errors: PictureInvalid, those of the provider and of the store, the signal's reason on abort.
 */
export async function illustrateScene(
  request: IllustrateSceneRequest,
  provider: VisualsProvider,
  store: ArtifactStore,
): Promise<Picture> {
  const { job, scene } = request;
  const picture = {
    job,
    unit: 'illustrateScene',
    provider: provider.name,
    recipe: provider.recipe,
    inputs: await provider.inputsOf(request),
  };
  return unitOfWork(store, picture, async ({ scratch, key, signal }) => {
    progress(5, `picturing scene ${scene.index + 1}`);
    const drawn = await provider.draw(request, { scratch, key, job, signal });
    const { file, warnings, attribution, dhash, figure, clip } = drawn;
    progress(70, `checking scene ${scene.index + 1}`);
    const size = await checkPicture(file, request.render);
    signal.throwIfAborted();
    const image = await store.putFile(file, 'image/png');
    const video = clip && (await store.putFile(clip.file, 'video/mp4'));
    progress(100, `pictured scene ${scene.index + 1}`);
    return {
      image,
      ...size,
      provider: provider.name,
      unitKey: key,
      warnings,
      ...(attribution ? { attribution } : {}),
      ...(dhash ? { dhash } : {}),
      ...(figure ? { figure } : {}),
      // Shown from its beginning, and anew where the scene is longer.
      ...(clip && video
        ? { clip: { video, fromMs: 0, toMs: clip.durationMs, speed: 1, loop: true } }
        : {}),
    };
  });
}

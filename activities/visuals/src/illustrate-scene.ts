import { Failure } from '@aura/failure';
import type { IllustrateSceneRequest, Picture } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress, unitOfWork } from '@aura/work';
import { checkPicture } from './pictures/check-picture.js';
import type { VisualsProvider } from './visuals-provider.js';

/**
 * Makes one scene's picture with the named provider, checks it and publishes it. A picture that was made
 * before from the same content, size, look and fonts is given back.
 * Errors: PictureInvalid, what the store throws, the signal's reason on abort.
 */
export async function illustrateScene(
  request: IllustrateSceneRequest,
  providers: readonly VisualsProvider[],
  store: ArtifactStore,
): Promise<Picture> {
  const { job, scene } = request;
  const provider = providers.find(({ name }) => name === request.provider);
  if (!provider) {
    throw new Failure('InternalError', 'This worker has no such provider of pictures.', {
      details: `provider ${request.provider}`,
    });
  }
  const picture = {
    job,
    unit: 'illustrateScene',
    provider: provider.name,
    recipe: provider.recipe,
    inputs: await provider.inputsOf(request),
  };
  return unitOfWork(store, picture, async ({ scratch, key, signal }) => {
    progress(5, `drawing scene ${scene.index + 1}`);
    const { file, warnings } = await provider.draw(request, { scratch, signal });
    progress(70, `checking scene ${scene.index + 1}`);
    const size = await checkPicture(file, request.render);
    signal.throwIfAborted();
    const image = await store.putFile(file, 'image/png');
    progress(100, `drew scene ${scene.index + 1}`);
    return { image, ...size, provider: provider.name, unitKey: key, warnings };
  });
}

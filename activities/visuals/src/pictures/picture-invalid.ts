import { Failure } from '@aura/failure';

/** The failure of a picture that cannot be used; why goes on with the sentence, in words of ours alone. */
export function invalid(why: string, cause?: unknown): Failure {
  return new Failure('PictureInvalid', `The picture of a scene failed its check: ${why}.`, {
    details: why,
    cause,
  });
}

/** Whatever a decoder throws is a fault of the picture. Errors: PictureInvalid. */
export async function decoded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw invalid('it cannot be decoded', error);
  }
}

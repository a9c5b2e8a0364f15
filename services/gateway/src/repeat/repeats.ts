import { ApiExtension } from '@nestjs/swagger';
import { applyDecorators, SetMetadata } from '@nestjs/common';

/** The name of what a route says of itself, in its metadata and in the document of all routes. */
export const REPEATS = 'x-aura-repeats';

/**
 * Marks a route of an unsafe method whose answers are not kept by their Idempotency-Key: `with-job` where the key is kept
 * with the job that the request makes, `by-content` where the same content gives the same answer without a key, `never`
 * where the answer must not be kept anywhere.
 */
export function Repeats(how: 'with-job' | 'by-content' | 'never'): MethodDecorator {
  return applyDecorators(SetMetadata(REPEATS, how), ApiExtension(REPEATS, how));
}

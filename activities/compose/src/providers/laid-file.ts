import { Failure } from '@aura/failure';
import type { SegmentPlan } from '../segment/segment-renderer.js';

/** Where a picture or clip of the fragment lies. Errors: InternalError where it was not laid. */
export function laidFile({ files }: Pick<SegmentPlan, 'files'>, sha256: string): string {
  const file = files.get(sha256);
  if (file === undefined) throw new Failure('InternalError', 'A picture of a scene was not laid.');
  return file;
}

import { toFailure } from '@aura/failure';

const DISK_ERRORS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM']);

/**
 * Gives what the disk refuses to our own writes its code (OutOfDiskSpace, OutputDirectoryNotWritable);
 * everything else passes as it is, above all the reason of a cancellation.
 */
export async function withDiskFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const errno = error instanceof Error && 'code' in error ? error.code : undefined;
    throw typeof errno === 'string' && DISK_ERRORS.has(errno) ? toFailure(error) : error;
  }
}

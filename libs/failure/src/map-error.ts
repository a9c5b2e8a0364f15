import { Failure } from './failure.js';

/**
 * Any thrown thing as a Failure: failures pass through, what the operating system says of disks and
 * files gets its code, the rest is an `InternalError` that keeps its cause.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const errno = errnoOf(error);
  switch (errno) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure('OutOfDiskSpace', 'The disk is full.', { cause: error });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'ENOTDIR':
      return new Failure('OutputDirectoryNotWritable', 'The artifact folder cannot be written.', {
        cause: error,
      });
    case 'EBUSY':
    case 'EIO':
    case 'ESTALE':
      return new Failure('OutputDirectoryNotWritable', 'The disk does not do what it is told.', {
        remediation:
          'It is tried again. If that does not help, check the disk that holds AURA_HOME.',
        retryable: true,
        cause: error,
      });
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
    case 'EAGAIN':
      return new Failure('InsufficientMemory', 'The machine has nothing left to work with.', {
        remediation:
          'It is tried again. If that does not help, close other programs or raise their limits.',
        details: `The system refuses memory, processes or open files: ${errno}.`,
        retryable: true,
        cause: error,
      });
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ETIMEDOUT':
    case 'EPIPE':
    case 'EAI_AGAIN':
      return new Failure('TransientNetworkFailure', 'A connection failed.', { cause: error });
    default:
      return new Failure('InternalError', 'Something went wrong inside Aura.', { cause: error });
  }
}

/** The chain of causes as one line each, for operators. */
export function describeCauses(error: unknown): string {
  const lines: string[] = [];
  for (let next = error; next instanceof Error && lines.length < 6; next = next.cause) {
    lines.push(`${next.name}: ${next.message}`);
    if (next instanceof Failure && next.details) lines.push(next.details);
  }
  return lines.join('\n').slice(0, 4_000);
}

function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

import { Failure } from '@aura/failure';

/** There is no such object. A bucket that is missing is none of these: it is a wrong setting. */
export function isMissing(error: unknown): boolean {
  const { name, status } = factsOf(error);
  return name !== 'NoSuchBucket' && (status === 404 || name === 'NoSuchKey');
}

/** The condition of a write did not hold, or another write under a condition was under way. */
export function isRefusedByCondition(error: unknown): boolean {
  const { name, status } = factsOf(error);
  return status === 412 || name === 'PreconditionFailed' || name === 'ConditionalRequestConflict';
}

const FULL = new Set(['XMinioStorageFull', 'QuotaExceeded', 'InsufficientStorage', 'DiskFull']);
const REFUSED = new Set([401, 403]);

/** What a server, or the way to it, has said no with. Words of servers are for operators. */
export function s3Failure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { name, status, message } = factsOf(error);
  const options = { cause: error, details: [status, name, message].filter(Boolean).join(' ') };
  if (status === 507 || FULL.has(name)) {
    return new Failure('OutOfDiskSpace', 'The artifact store is full.', {
      ...options,
      remediation: 'Free space in the bucket that AURA_STORE_URL names, then start the job again.',
    });
  }
  const refuses = REFUSED.has(status ?? 0) || name === 'CredentialsProviderError';
  if (refuses || name === 'NoSuchBucket') {
    const what = refuses ? 'does not let Aura in' : 'has no such bucket';
    return new Failure('ArtifactStoreUnavailable', `The artifact store ${what}.`, {
      ...options,
      remediation:
        'Check AURA_STORE_URL, AURA_STORE_ENDPOINT and the credentials that the environment holds (AWS_ACCESS_KEY_ID …).',
      retryable: false,
    });
  }
  return new Failure('ArtifactStoreUnavailable', 'The artifact store does not answer.', options);
}

function factsOf(error: unknown): { name: string; status?: number; message: string } {
  if (!(error instanceof Error)) return { name: '', message: String(error) };
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = metadata?.httpStatusCode;
  return { name: error.name, message: error.message, ...(status ? { status } : {}) };
}

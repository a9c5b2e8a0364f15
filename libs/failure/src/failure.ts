import { entryOf, type CodeEntry, type FailureCode } from './codes.js';

export interface FailureOptions {
  /** For operators only: stderr tails, paths, the provider's own words. */
  details?: string;
  /** Which fields of a request are wrong, in its own spelling. */
  fields?: FieldError[];
  /** What helps in this very case, where the words of the code's row are too general. */
  remediation?: string;
  /** How long to wait before the same work is worth trying again. */
  retryAfterMs?: number | undefined;
  /** Where this one failure differs from its code's row: a rate limit that lasts longer than we wait. */
  retryable?: boolean;
  cause?: unknown;
}

export interface FieldError {
  /** Path of the member, for example "options.aspect". */
  field: string;
  message: string;
}

/**
 * The one error class of Aura. `code` is public, `message` is written for users and holds no secret and
 * no path; whatever else is known goes to `details` and `cause`.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly details: string | undefined;
  readonly fields: FieldError[];
  /** What the reader can do about it. */
  readonly remediation: string;
  readonly retryAfterMs: number | undefined;
  /** Whether the same work may succeed when it is tried again. */
  readonly retryable: boolean;

  constructor(code: FailureCode, message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.fields = options.fields ?? [];
    this.remediation = options.remediation ?? entryOf(code).remediation;
    this.retryAfterMs = options.retryAfterMs;
    this.retryable = options.retryable ?? entryOf(code).retryable;
  }

  get entry(): CodeEntry {
    return entryOf(this.code);
  }
}

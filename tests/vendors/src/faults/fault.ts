/** Where and when a fault strikes. Without any of these it strikes at every call. */
export interface FaultPlace {
  /** `POST /v1/chat/completions` or only the path; a path may end in `*`. */
  route?: string;
  /** Counted from 1 over the calls that fit route and match, since the faults were set. */
  calls?: number | readonly number[] | { from?: number; to?: number };
  /** A piece of the address or of the body's text, for example words of one scene. */
  match?: string;
}

/**
 * What goes wrong. "Refused" kinds answer before the request is accepted and cost nothing; in all others the
 * vendor did its work, so the request stands on the bill even though the client gets little of it.
 */
export type FaultAction =
  // Refused: the vendor's own status and body.
  | { kind: 'rate-limit'; retryAfter?: string }
  | { kind: 'status'; status: number }
  | { kind: 'unauthorized' }
  | { kind: 'no-money' }
  | { kind: 'model-missing' }
  | { kind: 'reset'; when: 'before' | 'inside' }
  // Accepted: how the reply travels.
  | { kind: 'slow'; firstByteMs: number }
  | { kind: 'hang'; afterBytes?: number }
  | { kind: 'lost-reply' }
  | { kind: 'endless-body' }
  // Accepted: the work itself fails, and is charged nevertheless (ComfyUI: the prompt ends in an error).
  | { kind: 'work-fails' }
  // Accepted: what the reply holds.
  | { kind: 'refusal' }
  | { kind: 'garbage' }
  // JSON that is well formed and not what was promised: `null`, nothing at all, members of other types; or a page.
  | { kind: 'null' }
  | { kind: 'empty' }
  | { kind: 'odd-shape' }
  | { kind: 'html' }
  | { kind: 'deep-json'; depth?: number; inside?: 'body' | 'content' }
  | { kind: 'bad-script'; how: ScriptDefect }
  | { kind: 'truncated-audio' }
  | { kind: 'silent-audio' }
  | { kind: 'picture-bomb' }
  | { kind: 'blank-picture' };

/** What a language model gets wrong although the request was fine. */
export type ScriptDefect =
  | 'cut' // The token limit ends it in the middle; `finish_reason` says so.
  | 'not-json'
  | 'too-few' // Half of the scenes asked for, and those a little short.
  | 'too-short' // Less than half of the length asked for.
  | 'too-long' // More than twice of it.
  | 'empty-text'
  | 'repeats' // Every scene says the same.
  | 'markdown'
  | 'stage-directions'
  | 'wrong-language';

export type Fault = FaultPlace & FaultAction;
export type FaultKind = FaultAction['kind'];

const KINDS: Record<FaultKind, readonly string[]> = {
  'rate-limit': ['retryAfter'],
  status: ['status'],
  unauthorized: [],
  'no-money': [],
  'model-missing': [],
  reset: ['when'],
  slow: ['firstByteMs'],
  hang: ['afterBytes'],
  'lost-reply': [],
  'endless-body': [],
  'work-fails': [],
  refusal: [],
  garbage: [],
  null: [],
  empty: [],
  'odd-shape': [],
  html: [],
  'deep-json': ['depth', 'inside'],
  'bad-script': ['how'],
  'truncated-audio': [],
  'silent-audio': [],
  'picture-bomb': [],
  'blank-picture': [],
};

const PLACE = ['kind', 'route', 'calls', 'match'];

/** Reads a fault script that came over HTTP. Errors: an Error that says which entry is wrong. */
export function readFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) throw new Error('The fault script is a list of faults.');
  for (const [index, entry] of value.entries()) {
    const { kind } = Object(entry) as { kind?: FaultKind };
    const own = kind === undefined ? undefined : KINDS[kind];
    if (!own)
      throw new Error(`Fault ${index + 1}: kind is one of ${Object.keys(KINDS).join(', ')}.`);
    const unknown = Object.keys(entry as object).filter(
      (name) => !PLACE.includes(name) && !own.includes(name),
    );
    if (unknown.length > 0) throw new Error(`Fault ${index + 1} (${kind}) has no ${unknown[0]}.`);
  }
  return value as Fault[];
}

/** `Retry-After` as an HTTP date. */
export function retryAfterDate(inMs: number): string {
  return new Date(Date.now() + inMs).toUTCString();
}

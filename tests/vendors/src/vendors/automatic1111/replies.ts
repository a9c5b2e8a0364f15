import { seedOf } from '../../content/seed.js';
import type { Reply } from '../../server/call.js';

/** The envelope of everything that is not a wrong type. */
export function failure(status: number, error: string, detail: string, errors: string): Reply {
  return { status, body: { error, detail, body: '', errors } };
}

export function hashOf(model: string): string {
  return seedOf(model).toString(16).padStart(8, '0');
}

/** What the interface calls a model. */
export function titleOf(model: string): string {
  return `${model}.safetensors [${hashOf(model)}]`;
}

import { Refusal, type Reply } from '../../server/call.js';

export function detail(status: number, error: string, message: string, type: string): Reply {
  return { status, body: { detail: { error, message, type } } };
}

/** FastAPI's 422. Errors: always a Refusal. */
export function unprocessable(
  loc: readonly string[],
  msg: string,
  type: string,
  input: unknown,
): never {
  throw new Refusal({ status: 422, body: { detail: [{ type, loc, msg, input }] } });
}

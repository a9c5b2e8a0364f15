import { Failure } from '@aura/failure';
import type { IncomingHttpHeaders } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { looksLikeKey } from '../keys/key-text.js';
import type { Keys } from '../keys/keys.js';
import { bearerOf, isSame } from './api-key.js';
import { hostNameOf, isLoopback, originHostOf } from './loopback.js';
import { actAs, THIS_MACHINE, type Principal } from './principal.js';
import type { RateLimits } from './rate-limits.js';

/** Health checks and the documentation hold nothing of anybody; what is shared is opened by its address. */
const OPEN_PATHS = /^\/(ping|health(\/ready)?|docs(\/.*)?|api\/shared\/[^/]+)\/?$/;
/** The open path that tells more to who is known; the others never wait for the table of keys. */
const READY_PATH = /^\/health\/ready\/?$/;

export interface AccessSettings {
  keys: Pick<Keys, 'principalOf'>;
  /** Whose owner the holder of `apiKey` is, and whoever calls from this machine where no key is needed. */
  tenantId: string;
  apiKey: string | undefined;
  /** Whether a key is needed also where `apiKey` is not set. */
  needsKey?: boolean;
  limits?: RateLimits;
}

/** Finds out who calls. Who needs a key and has none gets no further than health checks and the documentation. */
export function access(settings: AccessSettings): RequestHandler {
  return async (request, response, next) => {
    const isOpen = OPEN_PATHS.test(request.path);
    const principal = isOpen
      ? await principalOf(request.headers, { ...settings, keys: openKeys(request, settings) })
      : await admitted(request, response, settings);
    // Whoever is not known may still read what is open to all; pages of other sites may not.
    if (!(principal instanceof Failure)) response.locals['principal'] = principal;
    else if (principal.code !== 'Unauthorized') throw principal;
    next();
  };
}

/** The keys that open paths know: none where they cannot be had. */
function openKeys({ path }: Request, { keys }: AccessSettings): AccessSettings['keys'] {
  return {
    principalOf: async (text) =>
      READY_PATH.test(path) ? keys.principalOf(text).catch(() => undefined) : undefined,
  };
}

/** Who calls, where he may, and has not called too often. Errors: those of `principalOf`, TooManyRequests. */
async function admitted(
  request: Request,
  response: Response,
  settings: AccessSettings,
): Promise<Principal> {
  const { limits } = settings;
  // Where this machine needs no key, it is not limited either.
  const address = settings.apiKey || settings.needsKey ? addressIn(request) : undefined;
  if (address !== undefined) await limits?.ofAddress(address);
  const principal = await principalOf(request.headers, settings);
  if (principal instanceof Failure) {
    if (address !== undefined) await limits?.wrongKey(address);
    throw principal;
  }
  if (principal.who !== THIS_MACHINE) await limits?.ofKey(principal, response);
  return principal;
}

/** From here on, everything is done on behalf of who calls. */
export const inCallersName: RequestHandler = (_request, response, next) => {
  const principal = principalIn(response);
  if (principal) actAs(principal, next);
  else next();
};

/** Who calls; undefined for somebody unknown, where anybody may call. */
export function principalIn(response: Pick<Response, 'locals'>): Principal | undefined {
  return response.locals['principal'] as Principal | undefined;
}

/** Where a call comes from, as the connection says: what headers say anybody can write. */
export function addressIn(request: Pick<Request, 'socket'>): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

/** Who calls, or why he may not. Errors: those of the database, for keys of the table. */
export async function principalOf(
  headers: IncomingHttpHeaders,
  { keys, tenantId, apiKey, needsKey = false }: AccessSettings,
): Promise<Principal | Failure> {
  const owner = { tenantId, role: 'owner', scopes: [], keyId: undefined } as const;
  const given = bearerOf(headers.authorization);
  if (given !== undefined && apiKey && isSame(given, apiKey))
    return { ...owner, who: 'AURA_API_KEY' };
  const isOfTable = given !== undefined && looksLikeKey(given);
  const known = isOfTable ? await keys.principalOf(given) : undefined;
  if (known) return known;
  if (apiKey || needsKey) return unknownKey();
  const refused = refusedNeighbour(headers);
  if (refused) return refused;
  return isOfTable ? unknownKey() : { ...owner, who: THIS_MACHINE };
}

/** `AURA_HOST` beyond loopback without keys would serve everybody in reach. Undefined where all is well. */
export function exposureProblem(
  host: string,
  { apiKey, needsKey = false }: Pick<AccessSettings, 'apiKey' | 'needsKey'>,
): string | undefined {
  if (apiKey || needsKey || isLoopback(host)) return undefined;
  return `AURA_API_KEY: must be set, or AURA_ACCESS be keys, when AURA_HOST is not a loopback address`;
}

/** The Host check stops DNS rebinding, the Origin check stops pages of other sites. */
export function refusedNeighbour({ host, origin }: IncomingHttpHeaders): Failure | undefined {
  const name = hostNameOf(host);
  if (name === undefined || !isLoopback(name)) {
    return new Failure('HostNotAllowed', 'This server is called by a loopback name only.');
  }
  if (origin !== undefined && !isLoopback(originHostOf(origin) ?? '')) {
    return new Failure('OriginNotAllowed', 'Pages of other sites may not call this server.');
  }
  return undefined;
}

function unknownKey(): Failure {
  return new Failure('Unauthorized', 'The API key is missing or wrong.');
}

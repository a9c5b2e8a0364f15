import { Failure } from '@aura/failure';
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { carriesKey } from './api-key.js';
import { hostNameOf, isLoopback, originHostOf } from './loopback.js';

/** Health checks and the documentation hold nothing of anybody. */
const OPEN_PATHS = /^\/(ping|health(\/ready)?|docs(\/.*)?)\/?$/;

/** Lets in who may call: with a key set, those who send it; without one, programs and pages of this machine. */
export function access(apiKey: string | undefined): RequestHandler {
  return (request, _response, next) => {
    const failure = apiKey
      ? refusedKey(apiKey, request.path, request.headers)
      : refusedNeighbour(request.headers);
    next(failure);
  };
}

/** `AURA_HOST` beyond loopback without a key would serve everybody in reach. Undefined where all is well. */
export function exposureProblem(host: string, apiKey: string | undefined): string | undefined {
  if (apiKey || isLoopback(host)) return undefined;
  return `AURA_API_KEY: must be set when AURA_HOST is not a loopback address`;
}

export function refusedKey(
  apiKey: string,
  path: string,
  { authorization }: IncomingHttpHeaders,
): Failure | undefined {
  if (OPEN_PATHS.test(path) || carriesKey(authorization, apiKey)) return undefined;
  return new Failure('Unauthorized', 'The API key is missing or wrong.');
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

import { Failure } from '@aura/failure';
import type { NextFunction, Request, Response } from 'express';
import { isUpload } from './body-time.js';
import { readJson } from './read-json.js';

/** Which requests have their body read whole: no route of a GET has one, and uploads go to disk. */
export function hasReadableBody(request: { method?: string; url?: string }): boolean {
  return request.method === 'POST' && !isUpload(request);
}

/**
 * Turns the raw body of a POST into a JSON value. A request without a body passes with `undefined`, so
 * that a route which needs none does not ask for a Content-Type.
 */
export function jsonBody(request: Request, _response: Response, next: NextFunction): void {
  const raw: unknown = request.body;
  request.body = undefined;
  if (Buffer.isBuffer(raw) && raw.byteLength > 0) request.body = readJson(raw);
  next();
}

/** Refuses a body that is not declared as JSON before a byte of it is read. */
export function jsonOnly(request: Request, _response: Response, next: NextFunction): void {
  if (
    hasReadableBody(request) &&
    carriesBody(request) &&
    !isJson(request.headers['content-type'])
  ) {
    throw new Failure('UnsupportedMediaType', 'The body must be application/json in UTF-8.');
  }
  next();
}

function carriesBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isJson(contentType: string | undefined): boolean {
  const [mediaType, ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const isDeclared = /^application\/(json|[\w.-]+\+json)$/.test((mediaType ?? '').trim());
  return isDeclared && parameters.every((part) => /^\s*(charset="?utf-?8"?)?\s*$/.test(part));
}

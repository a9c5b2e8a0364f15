import { pipeline } from 'node:stream/promises';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import type { Request, Response } from 'express';
import type { Download } from './artifact.js';
import { attachment } from './file-name.js';
import { isSameFile, matchesTag, rangeOf, type RangeRequest } from './range.js';

/** A client that takes nothing for so long is gone; it can go on with a range. */
const STALL_LIMIT_MS = 60_000;

/**
 * Sends a file, or the part of it that was asked for, without holding it in memory. The tag is the hash
 * of the content. Errors: ArtifactGone, BlobCorrupt, RangeNotSatisfiable.
 */
export async function sendDownload(
  store: ArtifactStore,
  download: Download,
  request: Request,
  response: Response,
): Promise<void> {
  const { blob } = download;
  await store.check(blob);
  setHeaders(response, download);
  const tag = tagOf(download);
  if (matchesTag(request.headers['if-none-match'], tag)) {
    response.status(304).end();
    return;
  }
  const range = rangeFor(request, download);
  if (range.kind === 'unsatisfiable') throw outside(response, blob.bytes);
  if (range.kind === 'part') setPart(response, range, blob.bytes);
  else response.setHeader('Content-Length', String(blob.bytes));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.setTimeout(STALL_LIMIT_MS, () => response.destroy());
  const content = await store.read(blob, range.kind === 'part' ? range : undefined);
  // A client that goes away, or a file that goes away under it, ends the connection: nothing else is left to say.
  await pipeline(content, response).catch(() => response.destroy());
}

/** Parts are for GET only, and only of the file that the client has begun with. */
function rangeFor(request: Request, download: Download): RangeRequest {
  const { range } = request.headers;
  const ifRange = request.get('If-Range');
  const file = { tag: tagOf(download), modifiedAt: download.modifiedAt };
  if (request.method !== 'GET' || !isSameFile(ifRange, file)) return { kind: 'whole' };
  return rangeOf(range, download.blob.bytes);
}

function setHeaders(response: Response, download: Download): void {
  response.setHeader('Content-Type', download.blob.mediaType);
  response.setHeader('Content-Disposition', attachment(download.fileName));
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', tagOf(download));
  response.setHeader('Last-Modified', download.modifiedAt.toUTCString());
  response.setHeader('Cache-Control', 'private, no-cache, no-transform');
}

function setPart(
  response: Response,
  { start, end }: { start: number; end: number },
  size: number,
): void {
  response.status(206);
  response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
  response.setHeader('Content-Length', String(end - start + 1));
}

function outside(response: Response, size: number): Failure {
  for (const name of ['Content-Disposition', 'ETag', 'Last-Modified', 'Content-Length']) {
    response.removeHeader(name);
  }
  response.setHeader('Content-Range', `bytes */${size}`);
  return new Failure('RangeNotSatisfiable', `The file has ${size} bytes; one range is served.`);
}

function tagOf({ blob }: Download): string {
  return `"${blob.sha256}"`;
}

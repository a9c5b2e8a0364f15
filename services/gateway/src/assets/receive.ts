import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import busboy from 'busboy';
import { Failure } from '@aura/failure';
import type { Request } from 'express';

export interface Received {
  /** As the client says it; nothing relies on it but the name that it is given out under. */
  fileName: string;
  /** As the client says it. */
  sentAs: string;
  bytes: number;
}

interface Target {
  /** Where the file is written; it must not be there. */
  file: string;
  limitBytes: number;
}

/**
 * Writes the one file of a request to disk as it comes, never holding more than a few pieces of it: the only part with a
 * file of a form, or the body itself, named by the query `fileName`. The connection stays open for an answer.
 * Errors: PayloadTooLarge, UnsupportedMediaType, InvalidInput:file; those of the disk; that of the connection where
 * the client breaks off.
 */
export async function receive(request: Request, target: Target): Promise<Received> {
  const { 'content-type': sentAs = '', 'content-encoding': encoding } = request.headers;
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Failure('UnsupportedMediaType', 'The file must be sent as it is, not compressed.', {
      remediation: 'Leave out Content-Encoding.',
    });
  }
  // A form is a little longer than its file.
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > target.limitBytes + FORM_BYTES) throw tooLarge(target.limitBytes);
  if (/^multipart\//i.test(sentAs)) return receiveForm(request, target);
  const { fileName } = request.query;
  const body = request.iterator({ destroyOnReturn: false });
  const bytes = await write(body, target);
  return { fileName: typeof fileName === 'string' ? fileName : '', sentAs, bytes };
}

const FORM_BYTES = 64 * 1_024;
const FORM_LIMITS = { fields: 20, fieldSize: 10_000, parts: 22, headerPairs: 50 };

async function receiveForm(request: Request, target: Target): Promise<Received> {
  const form = formOf(request);
  let receiving: Promise<Received> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      form.on('file', (_field, content: Readable, { filename, mimeType }) => {
        // Its end may come before anybody reads it again.
        content.on('error', () => undefined);
        if (receiving) return reject(wrong('must be one file; there are more'));
        receiving = write(content, target).then((bytes) => {
          return { fileName: filename ?? '', sentAs: mimeType, bytes };
        });
        receiving.catch(reject);
      });
      for (const limit of ['fieldsLimit', 'partsLimit'] as const) {
        form.on(limit, () => reject(wrong('must be the only part of the form')));
      }
      form.once('error', (error) => reject(wrong('must be a whole form', error)));
      form.once('close', resolve);
      request.once('error', reject);
      request.pipe(form);
    });
    if (!receiving) throw wrong('must be there');
    return await receiving;
  } finally {
    request.unpipe(form);
    form.destroy();
    await receiving?.catch(() => undefined);
  }
}

function formOf(request: Request): busboy.Busboy {
  try {
    const { headers } = request;
    return busboy({ headers, limits: FORM_LIMITS, defParamCharset: 'utf8' });
  } catch (error) {
    throw wrong('must be a form with a boundary', error);
  }
}

async function write(
  content: AsyncIterable<unknown>,
  { file, limitBytes }: Target,
): Promise<number> {
  const handle = await open(file, 'wx');
  let bytes = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) throw tooLarge(limitBytes);
      for (let at = 0; at < chunk.byteLength;) {
        at += (await handle.write(chunk, at)).bytesWritten;
      }
    }
  } finally {
    await handle.close();
  }
  return bytes;
}

/** So much of a refused body is read all the same, so that its sender gets to hear why. */
const LINGER_BYTES = 8 * 1_024 * 1_024;
const LINGER_MS = 1_000;

/** Reads away what is left of a refused request, within bounds. What is longer still is cut off with the answer. */
export async function readAway(request: Request): Promise<boolean> {
  const isOver = () => request.complete || request.destroyed;
  if (isOver()) return true;
  const enough = new AbortController();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > LINGER_BYTES) enough.abort();
  };
  const end = () => enough.abort();
  request.on('data', count).once('end', end).once('close', end).resume();
  await sleep(LINGER_MS, undefined, { signal: enough.signal }).catch(() => undefined);
  request.off('data', count);
  return isOver();
}

function tooLarge(limitBytes: number): Failure {
  const most = `${Math.floor(limitBytes / 1_024 / 1_024)} MiB`;
  return new Failure('PayloadTooLarge', `The file is larger than ${most}.`, {
    remediation: 'Upload a smaller file, or raise AURA_UPLOAD_LIMIT_MB.',
  });
}

function wrong(message: string, cause?: unknown): Failure {
  const fields = [{ field: 'file', message }];
  return new Failure('InvalidInput:file', `file ${message}.`, { fields, cause });
}

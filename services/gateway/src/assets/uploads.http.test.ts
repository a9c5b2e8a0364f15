import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { send } from '../testing/requests.js';
import { startUploads, type Uploads } from '../testing/uploads.js';
import { assetSchema } from './asset-schema.js';

let folder: string;
let at: Uploads;
beforeAll(async () => {
  at = await startUploads();
  folder = await mkdtemp(path.join(tmpdir(), 'aura-assets-'));
});
beforeEach(() => at.database.asset.deleteMany());
afterAll(async () => {
  await at.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A file as FFmpeg makes it. */
async function made(name: string, ...args: string[]): Promise<Buffer> {
  const file = path.join(folder, name);
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', ...args, file]);
  return readFile(file);
}

const picture = (name: string, size = '64x48') =>
  made(name, '-i', `testsrc=size=${size}`, '-frames:v', '1');
const sound = (name: string, ...args: string[]) => made(name, '-i', 'sine=duration=0.3', ...args);

const PDF = '%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n';

test('every kind of file is told by its content, whatever it is sent as', async () => {
  const files: [Buffer | string, kind: string, mediaType: string][] = [
    [PDF, 'document', 'application/pdf'],
    ['Just words.', 'document', 'text/plain'],
    ['<!-- x -->\n<!DOCTYPE html><p>Hi', 'document', 'text/html'],
    [await picture('a.png'), 'picture', 'image/png'],
    [await picture('a.jpg'), 'picture', 'image/jpeg'],
    [await picture('a.webp'), 'picture', 'image/webp'],
    [await made('a.mp4', '-i', 'testsrc=size=64x48:duration=0.2'), 'clip', 'video/mp4'],
    [await made('a.mov', '-i', 'testsrc=size=64x48:duration=0.2'), 'clip', 'video/quicktime'],
    [await made('a.webm', '-i', 'testsrc=size=64x48:duration=0.2'), 'clip', 'video/webm'],
    [await sound('a.mp3'), 'sound', 'audio/mpeg'],
    [await sound('b.mp3', '-id3v2_version', '0', '-write_xing', '0'), 'sound', 'audio/mpeg'],
    [await sound('a.wav'), 'sound', 'audio/wav'],
    [await sound('a.ogg'), 'sound', 'audio/ogg'],
    [await sound('a.flac'), 'sound', 'audio/flac'],
    [await sound('a.m4a'), 'sound', 'audio/mp4'],
  ];
  for (const [body, kind, mediaType] of files) {
    const { status, json, headers } = await at.upload(body, 'x.exe', 'image/svg+xml');
    expect({ status, ...json }).toMatchObject({ status: 201, kind, mediaType, fileName: 'x.exe' });
    expect(assetSchema.parse(json)).toEqual(json);
    expect(headers.location).toBe(`/api/assets/${json.assetId}`);
    const isPicture = kind === 'picture';
    expect([json.widthPx, json.heightPx]).toEqual(isPicture ? [64, 48] : [null, null]);
    const content = await fetch(`${at.gateway.url}${json.contentUrl}`);
    expect(Buffer.from(await content.arrayBuffer())).toEqual(Buffer.from(body));
    expect(content.headers.get('content-type')).toContain(mediaType);
  }
  expect(await at.leftovers()).toEqual([]);
});

test('a text is Markdown where its sender says so', async () => {
  expect((await at.upload('# One', 'notes.md')).json.mediaType).toBe('text/markdown');
  expect((await at.upload('# Two', '', 'text/markdown')).json.mediaType).toBe('text/markdown');
});

test('what is not taken is refused by its content and leaves nothing', async () => {
  const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>';
  const refused = [
    svg,
    '\ufeff <!-- x --><svg/>',
    'PK\u0003\u0004…',
    '\u007fELF',
    'a\0b',
    '\u0001',
  ];
  refused.push(
    'RIFF\u0010\0\0\0AVI LIST',
    '\0\0\0\u0018ftypheic\0\0\0\0',
    'GIF89a\u0001\0\u0001\0',
  );
  for (const body of refused) {
    const { status, json } = await at.upload(body, 'a.png', 'image/png');
    expect([status, json.code]).toEqual([415, 'AssetRefused']);
  }
  const invalid = [
    '',
    '…',
    Buffer.from('ffd8ffe000104a464946', 'hex'),
    Buffer.from([0x61, 0xff, 0x62]),
  ];
  for (const body of invalid) {
    const { status, json } = await at.upload(body);
    expect([status, json.code]).toEqual([422, 'AssetInvalid']);
  }
  expect(await at.database.asset.count()).toBe(0);
  expect(await at.leftovers()).toEqual([]);
});

test('a picture that bursts when it is decoded is not even begun', async () => {
  const bomb = await picture('bomb.png', '64x48');
  bomb.writeUInt32BE(16_000, 16);
  bomb.writeUInt32BE(16_000, 20);
  const { status, json } = await at.upload(bomb);
  expect([status, json.code]).toEqual([422, 'AssetInvalid']);
  expect(json.detail).toContain('16000×16000');
});

test('a form brings one file, with its name', async () => {
  const { status, json } = await at.form([
    ['note', 'of no meaning'],
    ['file', 'Eine Übung.', '../../Übung 1.txt'],
  ]);
  expect([status, json.fileName]).toEqual([201, 'Übung 1.txt']);
  const wrong = await Promise.all([
    at.form([['note', 'no file']]),
    at.form([
      ['a', 'One.', 'a.txt'],
      ['b', 'Two.', 'b.txt'],
    ]),
    at.upload('no boundary', '', 'multipart/form-data'),
    at.upload(
      '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\ncut',
      '',
      'multipart/form-data; boundary=x',
    ),
  ]);
  expect(wrong.map(({ status: code, json: problem }) => [code, problem.code])).toEqual(
    wrong.map(() => [400, 'InvalidInput:file']),
  );
  const packed = await send(at.url, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' },
    body: 'x',
  });
  expect(packed.status).toBe(415);
  expect(await at.database.asset.count()).toBe(1);
  expect(await at.leftovers()).toEqual([]);
});

test('a file over the limit is refused, whether it says its length or not, in a form or alone', async () => {
  const large = Buffer.alloc(4 * 1_024 * 1_024 + 70_000, 'a ');
  expect((await at.upload(large)).status).toBe(413);
  const chunked = await send(at.url, {
    method: 'POST',
    headers: { 'Transfer-Encoding': 'chunked' },
    body: large,
  });
  expect([chunked.status, chunked.json.code]).toEqual([413, 'PayloadTooLarge']);
  expect(
    (await at.form([['file', large.subarray(0, 4 * 1_024 * 1_024 + 1), 'a.txt']])).status,
  ).toBe(413);
  expect((await at.form([['file', large.subarray(0, 4 * 1_024 * 1_024), 'a.txt']])).status).toBe(
    201,
  );
  expect(await at.leftovers()).toEqual([]);
});

test('an endless file is cut off soon after it has been refused', async () => {
  const request = httpRequest(at.url, { method: 'POST', agent: false });
  request.on('error', () => undefined);
  const piece = Buffer.alloc(256 * 1_024, 'a');
  const writing = setInterval(() => request.write(piece), 5);
  await once(request, 'close', { signal: AbortSignal.timeout(10_000) });
  clearInterval(writing);
  expect(await at.leftovers()).toEqual([]);
});

test('a client that breaks off leaves nothing behind, and the next is served', async () => {
  for (const headers of [
    { 'Content-Length': '100000' },
    { 'Content-Type': 'multipart/form-data; boundary=x' },
  ]) {
    const request = httpRequest(at.url, { method: 'POST', headers, agent: false });
    request.on('error', () => undefined);
    request.write(
      '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nwords '.repeat(50),
    );
    await sleep(100);
    expect(await at.leftovers()).not.toEqual([]);
    request.destroy();
    for (let waited = 0; waited < 3_000 && (await at.leftovers()).length > 0; waited += 20)
      await sleep(20);
    expect(await at.leftovers()).toEqual([]);
  }
  expect(await at.database.asset.count()).toBe(0);
  expect((await at.upload('Whole.')).status).toBe(201);
});

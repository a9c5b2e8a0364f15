import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createAccount, type Account, type VendorCall, type Vendors } from '@aura/provider';
import type { Figures } from '../film.js';
import { round, tookMs } from './figures.js';
import { inWorkplace } from './workplace.js';

const MB = 1024 * 1024;
const BODY_MB = 50;
const PIECE = Buffer.alloc(64 * 1024, 'x');
const WATCH_MS = 5;

/** How much this process grows while a body of 50 MB is read: to a file, into memory, and past its limit. */
export async function bodyMemory(): Promise<Figures> {
  const server = createServer((request, response) => void sendBody(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const account = createAccount({
    vendor: 'body',
    runs: 'local',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    probe: { path: '/', modelsIn: () => [] },
  });
  try {
    return await inWorkplace(({ vendors, folder }) => measured(vendors, account, folder));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function measured(vendors: Vendors, account: Account, folder: string): Promise<Figures> {
  const read = (more: Partial<VendorCall>) =>
    vendors.callVendor({ account, endpoint: 'body', path: '/', ...more });
  const whole = { limits: { maxBytes: 64 * MB } };
  // What is made once and kept, buffers of the sockets for example, is no cost of a body.
  await read({ ...whole, saveTo: path.join(folder, 'warm-up') });
  const file = await watched(() => read({ ...whole, saveTo: path.join(folder, 'body') }));
  const refused = await watched(() =>
    read({ limits: { maxBytes: 8 * MB } }).then(
      () => Promise.reject(new Error('a body above its limit was read')),
      () => undefined,
    ),
  );
  const memory = await watched(() => read(whole));
  return {
    bodyMb: BODY_MB,
    bodyToFileGrowthMb: file.growthMb,
    bodyToFileMs: file.ms,
    bodyToMemoryGrowthMb: memory.growthMb,
    bodyToMemoryMs: memory.ms,
    bodyAboveLimitGrowthMb: refused.growthMb,
  };
}

/** The most that the resident memory was above what it was before. */
async function watched(work: () => Promise<unknown>): Promise<{ growthMb: number; ms: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const timer = setInterval(look, WATCH_MS);
  const ms = await tookMs(work);
  clearInterval(timer);
  look();
  return { growthMb: round((most - before) / MB), ms: round(ms) };
}

/** The same piece again and again, so that the sender needs no memory. */
async function sendBody(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  // Who reads no further than the limit leaves in the middle.
  await pipeline(Readable.from(pieces()), response).catch(() => undefined);
}

function* pieces(): Generator<Buffer> {
  for (let sent = 0; sent < BODY_MB * MB; sent += PIECE.length) yield PIECE;
}

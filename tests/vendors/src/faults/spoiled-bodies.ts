import { constants, crc32, deflateRawSync } from 'node:zlib';

/** Bytes that are neither JSON nor sound nor a picture; always the same ones. */
export function garbage(bytes = 4_096): Buffer {
  const noise = Buffer.alloc(bytes);
  let state = 0x9e3779b9;
  for (let at = 0; at < bytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    noise[at] = state >>> 24;
  }
  return noise;
}

/** `{"a":{"a":…}}`: valid JSON that overruns the stack of a careless reader. */
export function deepJson(depth = 10_000): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

/** The same members with values of other types: words become numbers and numbers words. */
export function oddShape(value: unknown): unknown {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'number') return 'a word';
  if (Array.isArray(value)) return value.map(oddShape);
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, oddShape(one)]));
}

/** What a proxy or a captive portal gives in the place of the service, with status 200. */
export const PAGE = '<!doctype html><html><body><h1>Log in to use this network</h1></body></html>';

/**
 * A valid PNG of 16,384 × 16,384 black RGB pixels: 805 MB when decoded, less than 1 MB to send. A megabyte of
 * zeros is deflated once with a full flush, which makes the piece independent, and repeated: no CPU is spent.
 */
export function pictureBomb(sidePx = 16_384): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', zlibZeros(sidePx * (1 + sidePx * 3))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const PIECE_BYTES = 1 << 20;
const ADLER_BASE = 65_521;

function zlibZeros(bytes: number): Buffer {
  const whole = Math.floor(bytes / PIECE_BYTES);
  const piece = flushed(PIECE_BYTES);
  const sum = Buffer.alloc(4);
  // Adler-32 of n zeros: the low half stays 1, the high half counts them.
  sum.writeUInt32BE((((bytes % ADLER_BASE) << 16) | 1) >>> 0);
  return Buffer.concat([
    Buffer.from([0x78, 0x9c]),
    ...Array.from({ length: whole }, () => piece),
    flushed(bytes % PIECE_BYTES),
    deflateRawSync(Buffer.alloc(0)),
    sum,
  ]);
}

function flushed(bytes: number): Buffer {
  return deflateRawSync(Buffer.alloc(bytes), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

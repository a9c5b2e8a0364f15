import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CHECKOUT } from './paths.mjs';

const FOLDER = 'proto/gen/aura/v1';

/**
 * proto/aura/v1 → proto/gen, as name → text. In these JSON payloads a message member is always there
 * unless the contract says `optional` (which becomes `?:`), so the blanket `| undefined` is taken off.
 */
export async function contracts() {
  const output = await mkdtemp(path.join(os.tmpdir(), 'aura-gen-'));
  try {
    const buf = path.join(CHECKOUT, 'node_modules/.bin/buf');
    await promisify(execFile)(buf, ['generate', '-o', output], { cwd: CHECKOUT });
    const files = new Map();
    for (const name of await readdir(path.join(output, FOLDER))) {
      const text = await readFile(path.join(output, FOLDER, name), 'utf8');
      files.set(`${FOLDER}/${name}`, plainTypes(text));
    }
    return files;
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

function plainTypes(text) {
  return text
    .replace(/^export const protobuf\w+ = .*;\n\n?/gm, '')
    .replace(/^( {2}\w+):\s*\|?\s*([^;?]*?)\s*\|\s*undefined;/gm, '$1: $2;');
}

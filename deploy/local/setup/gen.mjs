// npm run gen: remakes everything that is generated and committed. CI runs it and refuses a difference.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });

contracts();

/**
 * proto/aura/v1 → proto/gen. In these JSON payloads a message member is always there unless the
 * contract says `optional` (which becomes `?:`), so the blanket `| undefined` is taken off.
 */
function contracts() {
  run('node_modules/.bin/buf', 'generate');
  const folder = path.join(root, 'proto/gen/aura/v1');
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const text = readFileSync(file, 'utf8');
    const types = text
      .replace(/^export const protobuf\w+ = .*;\n\n?/gm, '')
      .replace(/^( {2}\w+):\s*\|?\s*([^;?]*?)\s*\|\s*undefined;/gm, '$1: $2;');
    writeFileSync(file, types);
  }
}

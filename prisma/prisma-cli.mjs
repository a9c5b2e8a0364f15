// How the Prisma CLI is called here: without a download, without a report home, from this folder.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Runs `prisma <args>` in this folder and gives its exit status. */
export function prismaCli(args) {
  const cli = path.join(path.dirname(require.resolve('prisma/package.json')), 'build/index.js');
  const engine = process.env.PRISMA_SCHEMA_ENGINE_BINARY || installedEngine() || wasmEngine();
  const { status, error } = spawnSync(process.execPath, [cli, ...args], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: engine,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (error) throw error;
  return status ?? 1;
}

function wasmEngine() {
  return path.join(import.meta.dirname, 'schema-engine.mjs');
}

/** The native engine that Prisma's own install script would have brought, where somebody let it run. */
function installedEngine() {
  const ofPrisma = createRequire(require.resolve('prisma/package.json'));
  const folder = path.dirname(ofPrisma.resolve('@prisma/engines/package.json'));
  const name = readdirSync(folder).find((file) =>
    /^schema-engine-(?!.*\.(sha256|gz|tmp)$)/.test(file),
  );
  return name && path.join(folder, name);
}

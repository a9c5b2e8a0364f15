// npm run keys -- create | list | revoke: looks after the API keys in the database of this checkout's stack.
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { setUp } = await import('./setup.mjs');
  const { runHere } = await import('./run-here.mjs');
  const { auraHome, environment } = await import('./paths.mjs');
  if (!(await setUp())) {
    process.exitCode = 1;
    return;
  }
  const { runningDatabase } = await import('@aura/local');
  const env = environment();
  const own = env.DATABASE_URL?.trim() ? undefined : await runningDatabase(auraHome(env));
  const program = 'services/gateway/dist/keys/main.js';
  const all = { ...env, ...(own ? { DATABASE_URL: own } : {}) };
  process.exitCode = runHere(process.execPath, [program, ...args], all);
}

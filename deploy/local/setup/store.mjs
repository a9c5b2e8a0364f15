// npm run store -- stats | verify | clear <days>: looks after the artifacts of this checkout's stack, with its settings.
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { setUp } = await import('./setup.mjs');
  const { runHere } = await import('./run-here.mjs');
  const { environment } = await import('./paths.mjs');
  if (!(await setUp())) {
    process.exitCode = 1;
    return;
  }
  const program = 'services/worker/dist/store/main.js';
  process.exitCode = runHere(process.execPath, [program, ...args], environment());
}

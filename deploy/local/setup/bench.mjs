// npm run bench -- <name> [--json]: gets what is missing, builds the benchmarks, runs one on a stack of its own.
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { setUp } = await import('./setup.mjs');
  const { runHere } = await import('./run-here.mjs');
  if (!(await setUp())) return fail(1);
  const status =
    runHere('node_modules/.bin/tsc', ['-b', 'bench']) ||
    runHere(process.execPath, ['bench/dist/run.js', ...args]);
  return fail(status);
}

function fail(code) {
  process.exitCode = code;
}

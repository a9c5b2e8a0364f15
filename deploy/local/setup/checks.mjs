import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CHECKOUT } from './paths.mjs';
import { npm } from './npm-packages.mjs';

const bin = (name) => path.join(CHECKOUT, 'node_modules/.bin', name);

/**
 * Everything static: what is wrong without running Aura. Each check gives what it has to object to, or
 * undefined.
 */
export const CHECKS = [
  {
    name: 'formatting',
    run: () => program(bin('prettier'), ['--check', '--cache', '--log-level', 'warn', '.']),
  },
  { name: 'lint and import rules', run: lint },
  { name: 'types', run: () => program(bin('tsc'), ['-b', '.', 'tests', 'bench']) },
  { name: 'contracts: lint', run: () => program(bin('buf'), ['lint']) },
  {
    name: 'contracts: nothing broken',
    run: () => program(bin('buf'), ['breaking', '--against', 'proto/baseline/aura.binpb']),
  },
  { name: 'unused code', run: () => program(bin('knip'), ['--no-progress']) },
  { name: 'package-lock.json is whole', run: wholeLock },
  {
    name: 'generated files are current',
    run: () => program(process.execPath, ['deploy/local/setup/gen.mjs', '--check']),
  },
];

/** The import rules need to know the projects: without nx's graph the linter skips them with a mere warning. */
async function lint() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-graph-'));
  try {
    const noGraph = await program(bin('nx'), ['graph', `--file=${folder}/graph.json`], {
      NX_DAEMON: 'false',
      NX_NO_CLOUD: 'true',
    });
    if (noGraph) return noGraph;
    const said = await outputOf(bin('oxlint'), ['--type-aware', '--deny-warnings']);
    const isSkipped = said.output.includes('No cached ProjectGraph');
    return said.code === 0 && !isSkipped ? undefined : said.output;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `npm install` hides that a platform's package is missing on the registry; `npm ci` elsewhere then fails. */
async function wholeLock() {
  const [command, args] = npm('ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund');
  const said = await outputOf(command, args);
  const isWhole = said.code === 0 && !said.output.includes('Missing:');
  return isWhole ? undefined : said.output;
}

async function program(command, args, env) {
  const said = await outputOf(command, args, env);
  return said.code === 0 ? undefined : said.output || `${command} ended with ${said.code}`;
}

function outputOf(command, args, env = {}) {
  const options = { cwd: CHECKOUT, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({
        code: error ? (error.code ?? error.signal) : 0,
        output: `${stdout}${stderr}`.trim(),
      });
    });
  });
}

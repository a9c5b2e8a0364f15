import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from './paths.mjs';
import { run } from './run.mjs';

const inCheckout = (...parts) => path.join(CHECKOUT, ...parts);

const databaseClient = {
  name: 'Database client',
  why: 'typed access to the tables of prisma/schema.prisma',
  isDone: () => readText(CLIENT_STAMP) === clientHash(),
  run: async () => {
    await run(process.execPath, [inCheckout('prisma/generate.mjs')]);
    writeFileSync(CLIENT_STAMP, clientHash());
  },
};

const build = {
  name: 'Build',
  why: 'TypeScript to what Node runs',
  isDone: isBuilt,
  run: async () => {
    const hash = sourceHash();
    // By project: the whole also holds the types of the tests, which no start has to wait for.
    await run(inCheckout('node_modules/.bin/tsc'), ['-b', ...projects()]);
    writeFileSync(BUILD_STAMP, hash);
  },
};

const workflowBundle = {
  name: 'Workflow bundle',
  why: 'the workflows, packed once instead of at every start of a worker',
  isDone: () => {
    const inputs = [
      BUNDLER,
      ...['workflows/dist', 'proto/dist', 'node_modules/.package-lock.json'].map((name) =>
        inCheckout(name),
      ),
    ];
    return !existsSync(BUNDLER) || newest(inputs) <= newest([BUNDLE]);
  },
  run: () => run(process.execPath, [BUNDLER]),
};

/** In this order. Each is done when its sources are those of the last time. */
export const buildSteps = [databaseClient, build, workflowBundle];

const CLIENT_STAMP = inCheckout('prisma/src/generated/.made-from');
const BUILD_STAMP = inCheckout('node_modules/.aura-built-from');
const BUNDLER = inCheckout('services/worker/dist/bundle.js');
const BUNDLE = inCheckout('services/worker/dist/workflow-bundle.js');

/** Whether what is built is made from the sources as they are. */
export function isBuilt() {
  const madeFrom = readText(BUILD_STAMP);
  if (madeFrom === undefined || madeFrom !== sourceHash()) return false;
  return projects().every((folder) => existsSync(path.join(folder, 'dist')));
}

function clientHash() {
  const { version } = JSON.parse(readText(inCheckout('node_modules/prisma/package.json')));
  return hashOf([version, readText(inCheckout('prisma/schema.prisma'))]);
}

/** Names, sizes and times of all that is compiled: quick, and wrong only on the side of building again. */
function sourceHash() {
  const files = projects().flatMap((folder) => filesBelow(folder, /\.(ts|json)$/));
  const seen = files.map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`);
  return hashOf([...seen, readText(inCheckout('tsconfig.base.json'))]);
}

function projects() {
  const { references } = JSON.parse(readText(inCheckout('tsconfig.json')));
  return references.map((project) => inCheckout(project.path));
}

function filesBelow(folder, pattern) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(file, pattern);
    return pattern.test(entry.name) ? [file] : [];
  });
}

const SKIPPED = new Set(['dist', 'node_modules']);

/** Time of the newest file; 0 where there is none. */
function newest(places) {
  const times = places.flatMap((place) => {
    if (!existsSync(place)) return [];
    const files = statSync(place).isDirectory() ? filesBelow(place, /\.js$/) : [place];
    return files.map((file) => statSync(file).mtimeMs);
  });
  return Math.max(0, ...times);
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function hashOf(texts) {
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}

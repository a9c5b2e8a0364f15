import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SetupError, isOnPath, run } from './run.mjs';
import { say } from './say.mjs';
import {
  TEMPORAL_FOLDER,
  TEMPORAL_RELEASE,
  cachedTemporal,
  findTemporal,
  isFitting,
} from './temporal-program.mjs';

const CONNECT_WITHIN_MS = 5_000;
const STALLED_AFTER_MS = 30_000;

/**
 * The Temporal server and its Web UI are one program. It comes from PATH, from this user's cache, from the
 * official release, or, where that cannot be reached, is built from its source with Go.
 */
export const temporalCli = {
  name: `Temporal ${TEMPORAL_RELEASE.version}`,
  why: 'the engine that never loses a job',
  isDone: async () => Boolean(await findTemporal()),
  run: install,
};

async function install() {
  const target = cachedTemporal();
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.startsWith('part-'))
      await rm(path.join(folder, name), { recursive: true, force: true });
  }
  const part = path.join(folder, `part-${process.pid}`);
  await mkdir(part);
  try {
    await download(part).catch((reason) => build(part, reason));
    const program = path.join(part, 'temporal');
    if (!(await isFitting(program)))
      throw new SetupError('what came out is not the wanted version');
    await rename(program, target);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** The official archive, checked against the checksum that is published beside it. */
export async function download(part, from = TEMPORAL_RELEASE.folder) {
  const archive = `temporal_cli_${TEMPORAL_RELEASE.version}_${process.platform}_${goArch()}.tar.gz`;
  const list = await (await get(`${from}/${TEMPORAL_RELEASE.checksums}`)).text();
  const wanted = list
    .split('\n')
    .find((line) => line.trim().endsWith(archive))
    ?.split(/\s+/)[0];
  if (!wanted)
    throw new SetupError(`there is no release for ${process.platform} on ${process.arch}`);
  const file = path.join(part, archive);
  await save(await get(`${from}/${archive}`), file);
  if ((await sha256Of(file)) !== wanted)
    throw new SetupError('the archive does not have its published checksum');
  await run('tar', ['-xzf', file, '-C', part, 'temporal']);
}

async function get(url) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error('no answer')), CONNECT_WITHIN_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) throw new SetupError(`${url} answered ${response.status}`);
    return response;
  } finally {
    clearTimeout(timer);
  }
}

async function save(response, file) {
  const output = await open(file, 'w');
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), STALLED_AFTER_MS);
      if (done) return;
      await output.writeFile(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    await output.close();
  }
}

async function withinTime(promise, ms) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new SetupError('the download has stalled')), ms);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function sha256Of(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** From source, in versions that go.sum holds fast. `go install` refuses it, hence a module of our own. */
async function build(part, reason) {
  const missing = await goIsMissing();
  if (missing) {
    throw new SetupError(
      `the official release cannot be had (${reason.message}), and ${missing}. ` +
        `Install Go ${TEMPORAL_RELEASE.go} or newer, or put the Temporal CLI ${TEMPORAL_RELEASE.version} on PATH.`,
    );
  }
  say(
    `\n  The official release cannot be reached, so it is built with Go: about 5 minutes, once per machine.`,
  );
  const { version, versionSymbol } = TEMPORAL_RELEASE;
  await run(
    'go',
    [
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-ldflags',
      `-s -w -X ${versionSymbol}=${version}`,
    ].concat(['-o', path.join(part, 'temporal'), TEMPORAL_RELEASE.package]),
    {
      cwd: TEMPORAL_FOLDER,
      env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly' },
    },
  );
}

/** Asked inside the module: a newer Go may fetch the toolchain that the module wants. */
async function goIsMissing() {
  if (!isOnPath('go')) return 'Go is not installed';
  const asked = await promisify(execFile)('go', ['env', 'GOVERSION'], {
    cwd: TEMPORAL_FOLDER,
  }).catch(() => undefined);
  const found = asked?.stdout.trim().replace(/^go/, '');
  if (found && !isOlder(found, TEMPORAL_RELEASE.go)) return undefined;
  return `Go here is older than ${TEMPORAL_RELEASE.go}`;
}

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10) || 0),
  );
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0));
  return at !== undefined && (a[at] ?? 0) < (b[at] ?? 0);
}

function goArch() {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

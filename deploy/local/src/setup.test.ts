import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHECKOUT } from '../setup/paths.mjs';
import { isFitting, TEMPORAL_RELEASE } from '../setup/temporal-program.mjs';

type Lock = { packages: Record<string, object> };
const setup = path.join(CHECKOUT, 'deploy/local/setup');
const { isInstalledAsLocked, installedSoFar } = (await import(
  path.join(setup, 'npm-packages.mjs')
)) as {
  isInstalledAsLocked: (wanted?: Lock, installed?: Lock) => boolean;
  installedSoFar: (wanted: Lock, folder: string) => string;
};
const { download } = (await import(path.join(setup, 'temporal-cli.mjs'))) as {
  download: (part: string, from: string) => Promise<void>;
};

const folder = mkdtempSync(path.join(os.tmpdir(), 'aura-setup-'));
let server: Server;
let files: Record<string, Buffer | string>;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const file = files[path.basename(url)];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const LOCKED = {
  packages: {
    '': {},
    'libs/work': { version: '0.1.0' },
    'node_modules/left': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/mac-only': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
};

test('packages count as installed when all that is locked is there in the same version', () => {
  const { 'node_modules/mac-only': _, ...here } = LOCKED.packages;
  expect(isInstalledAsLocked(LOCKED, LOCKED)).toBe(true);
  expect(isInstalledAsLocked(LOCKED, { packages: here })).toBe(true);
});

test.each([
  ['nothing', undefined],
  ['another version', { ...LOCKED.packages, 'node_modules/left': { version: '1.0.1' } }],
  ['one too few', { '': {} }],
])('they do not with %s', (_, packages) => {
  expect(isInstalledAsLocked(LOCKED, packages && { packages })).toBe(false);
});

test('while packages are installed, those that lie there are counted', () => {
  const packages = {
    ...LOCKED.packages,
    'node_modules/right': { version: '1.0.0' },
    'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['plan9'] },
  };
  mkdirSync(path.join(folder, 'node_modules/right'), { recursive: true });
  expect(installedSoFar({ packages }, folder)).toBe('0 of 3 packages');
  writeFileSync(path.join(folder, 'node_modules/right/package.json'), '{}');
  expect(installedSoFar({ packages }, folder)).toBe('1 of 3 packages');
});

test('the official Temporal archive is taken when it has its published checksum', async () => {
  const part = publish((sha256) => sha256);
  await download(part, address());
  expect(await isFitting(path.join(part, 'temporal'))).toBe(true);
});

test('an archive with another checksum is refused', async () => {
  const part = publish(() => '0'.repeat(64));
  await expect(download(part, address())).rejects.toThrow('checksum');
});

test('a release without this platform is refused', async () => {
  const part = publish((sha256) => sha256);
  files[TEMPORAL_RELEASE.checksums] = `${'0'.repeat(64)}  temporal_cli_plan9.tar.gz\n`;
  await expect(download(part, address())).rejects.toThrow('no release');
});

test('continuous integration runs exactly the test command of the README', () => {
  const text = (name: string) => readFileSync(path.join(CHECKOUT, name), 'utf8');
  expect(text('.ci/run').trimEnd().split('\n').at(-1)).toBe('exec npm test');
  expect(text('README.md')).toMatch(/^npm test\b/m);
});

/** A release whose program is a script that says the wanted version; gives an empty folder to unpack it to. */
function publish(checksum: (sha256: string) => string): string {
  const part = mkdtempSync(path.join(folder, 'part-'));
  const source = path.join(part, 'source');
  mkdirSync(source);
  const { version } = TEMPORAL_RELEASE;
  const script = `#!/bin/sh\necho "temporal version ${version} (Server 1)"\n`;
  writeFileSync(path.join(source, 'temporal'), script, { mode: 0o755 });
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `temporal_cli_${version}_${process.platform}_${arch}.tar.gz`;
  const archive = path.join(source, name);
  execFileSync('tar', ['-czf', archive, '-C', source, 'temporal']);
  const bytes = readFileSync(archive);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  files = { [name]: bytes, [TEMPORAL_RELEASE.checksums]: `${checksum(sha256)}  ${name}\n` };
  return part;
}

function address(): string {
  const { port } = server.address() as { port: number };
  return `http://127.0.0.1:${port}`;
}

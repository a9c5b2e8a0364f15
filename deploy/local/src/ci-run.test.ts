import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHECKOUT } from '../setup/paths.mjs';

/** What .ci/run may use of a machine that has neither Node nor a way to fetch it. */
const BARE = [
  'bash',
  'cat',
  'chmod',
  'dirname',
  'env',
  'grep',
  'id',
  'ln',
  'mkdir',
  'rm',
  'tr',
  'uname',
];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aura-ci-'));
  mkdirSync(path.join(folder, 'bin'));
  for (const name of BARE) symlinkSync(pathOf(name), path.join(folder, 'bin', name));
  cpSync(path.join(CHECKOUT, '.ci'), path.join(folder, '.ci'), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

test('with a fitting Node, the test command runs with it', () => {
  symlinkSync(process.execPath, path.join(folder, 'bin/node'));
  program('npm', 'echo "npm $*"');
  expect(run()).toEqual({ status: 0, lastLine: 'npm test' });
});

test('an npm that belongs to an old Node gets a new one, once', () => {
  program('node', 'exit 1');
  program(
    'npm',
    `bin=$3/node_modules/.bin; mkdir -p $bin; ln -s ${process.execPath} $bin/node
     printf '#!/bin/sh\\necho "new npm $*"' > $bin/npm; chmod +x $bin/npm`,
  );
  expect(run()).toEqual({ status: 0, lastLine: 'new npm test' });
  program('npm', 'exit 1');
  expect(run()).toEqual({ status: 0, lastLine: 'new npm test' });
});

test('where no Node can be had, that is one failure', () => {
  expect(run()).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
});

function run(): { status: number | null; lastLine?: string } {
  const { status, stdout } = spawnSync(pathOf('bash'), [path.join(folder, '.ci/run')], {
    encoding: 'utf8',
    env: { PATH: path.join(folder, 'bin'), HOME: folder },
  });
  return { status, lastLine: stdout.trim().split('\n').at(-1) };
}

function program(name: string, script: string): void {
  const file = path.join(folder, 'bin', name);
  writeFileSync(file, `#!${pathOf('bash')}\n${script}\n`);
  chmodSync(file, 0o755);
}

function pathOf(name: string): string {
  return spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
}

import { expect, test } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CODES } from './codes.js';

const CHECKOUT = path.resolve(import.meta.dirname, '../../..');
const FOLDERS = [
  'activities',
  'deploy/local/src',
  'libs',
  'prisma/src',
  'services',
  'tests/src',
  'workflows/src',
];
const LEFT_OUT = /node_modules|\/dist\/|\/generated\/|^libs\/failure\//;

/** Codes that no test can provoke, and why. */
const UNPROVOKED: Partial<Record<keyof typeof CODES, string>> = {};

test('every code of the table is met by a test of the code that throws it', async () => {
  const files = (await Promise.all(FOLDERS.map(testsBelow))).flat();
  const texts = await Promise.all(files.map((file) => readFile(path.join(CHECKOUT, file), 'utf8')));
  const text = texts.join('\n');
  const unmet = Object.keys(CODES).filter((code) => !new RegExp(`\\b${code}`).test(text));
  expect(unmet).toEqual(Object.keys(UNPROVOKED));
});

async function testsBelow(folder: string): Promise<string[]> {
  const names = await readdir(path.join(CHECKOUT, folder), { recursive: true });
  return names
    .map((name) => path.join(folder, name))
    .filter((name) => !LEFT_OUT.test(name))
    .filter((name) => name.endsWith('.test.ts') || /^tests\/src\/.*\.ts$/.test(name));
}

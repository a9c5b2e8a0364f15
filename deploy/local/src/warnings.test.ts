import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CODES } from '@aura/failure';
import { WARNINGS } from '@aura/proto';
import { CHECKOUT } from '../setup/paths.mjs';

const FOLDERS = ['activities', 'workflows', 'libs'];
/** `warning('Code', …)`, `warn('Code', …)`, and objects with a code and a scene. */
const USES = [
  /\bwarn(?:ing)?\(\s*'([A-Z][A-Za-z]+)'/g,
  /\bcode: '([A-Z][A-Za-z]+)',(?:(?!\bcode:)[\s\S]){0,400}?\bsceneId\b/g,
];

function usedCodes(): Set<string> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?:^|\/)src\/.*\.ts$/.test(name) && !/(?:test\.ts$|testing\/)/.test(name))
      .filter((name) => !name.includes('node_modules'))
      .map((name) => path.join(CHECKOUT, folder, name)),
  );
  const codes = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return USES.flatMap((use) => [...text.matchAll(use)].map(([, code = '']) => code));
  });
  return new Set(codes.filter((code) => !Object.hasOwn(CODES, code)));
}

test('every warning that the code gives is in the table, and the table holds no other', () => {
  expect([...usedCodes()].toSorted()).toEqual(Object.keys(WARNINGS).toSorted());
});

test('every warning says what has happened, in whole sentences', () => {
  for (const [code, { cause, remediation }] of Object.entries(WARNINGS)) {
    expect([code, cause]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/)]);
    if (remediation !== '') expect(remediation).toMatch(/\.$/);
  }
});

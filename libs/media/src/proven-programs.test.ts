import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { provenPrograms } from './proven-programs.js';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aura-proven-'));
  program = path.join(folder, 'program');
  await writeFile(program, '#!/bin/sh\n');
  await chmod(program, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const timeout = () => Promise.reject(new DOMException('too late', 'TimeoutError'));

/** Asks, and says which of both was done. */
function asking(outcome: { prove?: () => Promise<string>; recheck?: () => Promise<unknown> } = {}) {
  const done: string[] = [];
  return {
    done,
    async prove() {
      done.push('proved');
      return outcome.prove ? outcome.prove() : 'fine';
    },
    async recheck() {
      done.push('rechecked');
      await outcome.recheck?.();
    },
  };
}

test('a program is proven once, and again when its file has changed', async () => {
  const ask = provenPrograms<string>({ recheckAfterMs: 0 });
  const trial = asking();
  for (let time = 0; time < 3; time += 1) expect(await ask(program, trial)).toBe('fine');
  expect(trial.done).toEqual(['proved', 'rechecked', 'rechecked']);
  await utimes(program, 1, 1);
  await ask(program, trial);
  expect(trial.done.at(-1)).toBe('proved');
});

test('who asks again and again has the program run once in a while, and at once when its file has changed', async () => {
  const ask = provenPrograms<string>({ recheckAfterMs: 60_000 });
  const trial = asking();
  for (let time = 0; time < 3; time += 1) expect(await ask(program, trial)).toBe('fine');
  expect(trial.done).toEqual(['proved']);
  await utimes(program, 3, 3);
  expect(await ask(program, trial)).toBe('fine');
  expect(trial.done).toEqual(['proved', 'proved']);
});

test('what failed is proven anew each time', async () => {
  const ask = provenPrograms<string>({ recheckAfterMs: 0 });
  const broken = asking({ prove: () => Promise.reject(new Error('broken')) });
  await expect(ask(program, broken)).rejects.toThrow('broken');
  await expect(ask(program, broken)).rejects.toThrow('broken');
  expect(await ask(program, asking())).toBe('fine');
  const gone = asking({ recheck: () => Promise.reject(new Error('gone')) });
  await expect(ask(program, gone)).rejects.toThrow('gone');
});

test('a proven program that is late keeps its answer, an unproven one does not get one', async () => {
  const ask = provenPrograms<string>({ recheckAfterMs: 0 });
  await expect(ask(program, asking({ prove: timeout }))).rejects.toThrow('too late');
  await ask(program, asking());
  expect(await ask(program, asking({ recheck: timeout }))).toBe('fine');
  await utimes(program, 2, 2);
  await expect(ask(program, asking({ prove: timeout }))).rejects.toThrow('too late');
});

test('a program that is not there is asked for each time', async () => {
  const ask = provenPrograms<string>({ recheckAfterMs: 0 });
  const trial = asking();
  await ask('/nonexistent/program', trial);
  await ask('/nonexistent/program', trial);
  expect(trial.done).toEqual(['proved', 'proved']);
});

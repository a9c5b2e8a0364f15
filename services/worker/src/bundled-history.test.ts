import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { bundledHistory, isBundle } from './bundled-history.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-bundle-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundle(name: string, files: Record<string, string>): Promise<string> {
  const tar = pack();
  for (const [entry, text] of Object.entries(files)) tar.entry({ name: entry }, text);
  tar.finalize();
  const file = path.join(folder, name);
  await pipeline(tar, createGzip(), createWriteStream(file));
  return file;
}

test('the newest history of a bundle is taken, or the one that is asked for', async () => {
  const file = await bundle('aura-1.tar.gz', {
    'README.md': 'x'.repeat(5_000),
    'history/run-2.json': 'two',
    'history/run-10.json': 'ten',
    '../history/run-99.json': 'not one of ours',
    'history/run-11.json.missing.txt': 'could not be had',
  });
  expect([isBundle(file), isBundle('history.json')]).toEqual([true, false]);
  expect(await bundledHistory(file)).toBe('ten');
  expect(await bundledHistory(file, 2)).toBe('two');
  await expect(bundledHistory(file, 3)).rejects.toThrow('the file has no history of run 3');
});

test('a file that is no bundle is refused, and not waited for', async () => {
  const empty = await bundle('empty.tgz', { 'job.json': '{}' });
  await expect(bundledHistory(empty)).rejects.toThrow('the file has no history');
  const garbage = path.join(folder, 'garbage.tar.gz');
  await writeFile(garbage, 'no gzip at all');
  await expect(bundledHistory(garbage)).rejects.toThrow(/header/);
  await expect(bundledHistory(path.join(folder, 'nowhere.tgz'))).rejects.toThrow('ENOENT');
});

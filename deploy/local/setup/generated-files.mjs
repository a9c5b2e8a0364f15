import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CHECKOUT } from './paths.mjs';

/** Here everything is generated: what is no longer made is removed. */
const WHOLLY_GENERATED = ['proto/gen/aura/v1'];

/** Writes what is not already so. */
export async function applyFiles(files) {
  for (const [name, text] of files) {
    const file = path.join(CHECKOUT, name);
    if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    process.stdout.write(`wrote ${name}\n`);
  }
  for (const name of await leftOver(files)) await rm(path.join(CHECKOUT, name));
}

/** Names of files that are missing, different, or no longer made. */
export async function staleFiles(files) {
  const stale = [];
  for (const [name, text] of files) {
    const found = await readFile(path.join(CHECKOUT, name), 'utf8').catch(() => undefined);
    if (found !== text) stale.push(name);
  }
  return [...stale, ...(await leftOver(files))];
}

async function leftOver(files) {
  const found = await Promise.all(
    WHOLLY_GENERATED.map(async (folder) => {
      const isMade = [...files.keys()].some((name) => name.startsWith(`${folder}/`));
      const names = isMade ? await readdir(path.join(CHECKOUT, folder)).catch(() => []) : [];
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  return found.flat().filter((name) => !files.has(name));
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from './paths.mjs';
import { run } from './run.mjs';

/** No install script is run: none of our packages needs one. */
export const npmPackages = {
  name: 'npm packages',
  why: 'the libraries that Aura is made from',
  isDone: () =>
    isInstalledAsLocked(readLock('package-lock.json'), readLock('node_modules/.package-lock.json')),
  run: () => run(...npm('ci', '--no-audit', '--no-fund', '--ignore-scripts')),
  progress: () => installedSoFar(readLock('package-lock.json'), CHECKOUT),
};

/** npm as a command: the very one that started us, where one did. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

/**
 * npm notes at the end of an install what lies in node_modules. Done means: everything that
 * package-lock.json wants is there in the same version, but for what is optional on this machine.
 */
export function isInstalledAsLocked(wanted, installed) {
  if (!wanted || !installed) return false;
  return Object.entries(wanted.packages).every(([folder, entry]) => {
    if (!folder.startsWith('node_modules/')) return true;
    const found = installed.packages[folder];
    if (!found) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return (
      found.version === entry.version &&
      found.integrity === entry.integrity &&
      found.link === entry.link
    );
  });
}

/** "312 of 640 packages": those that lie in `folder` already, of those that are made for this machine. */
export function installedSoFar(wanted, folder) {
  const places = Object.entries(wanted?.packages ?? {})
    .filter(([place, entry]) => place.startsWith('node_modules/') && isForHere(entry))
    .map(([place]) => path.join(folder, place, 'package.json'));
  return `${places.filter((place) => existsSync(place)).length} of ${places.length} packages`;
}

/** musl is Alpine's, where Aura is not served. */
function isForHere({ os, cpu, libc }) {
  return fits(os, process.platform) && fits(cpu, process.arch) && !libc?.includes('musl');
}

function fits(list, own) {
  return !list || list.includes(own) || list[0].startsWith('!');
}

function readLock(name) {
  try {
    return JSON.parse(readFileSync(path.join(CHECKOUT, name), 'utf8'));
  } catch {
    return undefined;
  }
}

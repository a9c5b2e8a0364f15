import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** The checkout: the folder of package.json. */
export const CHECKOUT = path.resolve(import.meta.dirname, '../../..');

/** The environment with what `.env` in the checkout adds; what is set outside wins. */
export function environment() {
  const file = path.join(CHECKOUT, '.env');
  return { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env };
}

/** AURA_HOME as an absolute path. */
export function auraHome(env = environment()) {
  return path.resolve(CHECKOUT, env.AURA_HOME?.trim() || '.aura');
}

/** Where things are kept that a fresh clone can use again. */
export function userCache() {
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'aura');
}

import { loadSettings, SettingsError, type Settings } from '@aura/config';
import { createDatabase } from '@aura/database';
import { keepHouse } from '@aura/record';
import { openStore, type ArtifactStore, type Ledger } from '@aura/storage';
import { createLog } from '@aura/telemetry';
import { storeSettings } from '../own-settings.js';

/**
 * npm run store -- stats | verify | clear <days>
 *
 * stats counts what is stored. verify reads every blob through and removes those whose content is another than their
 * name says, so that they are made again. clear deletes jobs that ended before so many days, with their films and all
 * work that nobody has used since; it needs DATABASE_URL. All of it is safe beside running workers.
 * Exit code: 0 all is well, 1 verify has found something, 2 wrong call or settings.
 */
const USAGE = 'Usage: npm run store -- stats | verify | clear <days>';
const DAY_MS = 24 * 60 * 60_000;

try {
  const settings = loadSettings(process.env);
  const opened = await openStore(storeSettings(settings));
  process.exitCode = await run(process.argv.slice(2), opened, settings);
} catch (error) {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exitCode = 2;
}

async function run(
  [command, days, ...rest]: string[],
  { store, ledger }: { store: ArtifactStore; ledger: Ledger },
  settings: Settings,
): Promise<number> {
  if (rest.length > 0) throw new SettingsError(USAGE);
  if (command === 'stats' && days === undefined) return stats(store);
  if (command === 'verify' && days === undefined) return verify(store);
  if (command !== 'clear' || !/^[1-9]\d{0,4}$/.test(days ?? '')) throw new SettingsError(USAGE);
  const { DATABASE_URL: url } = settings;
  if (!url) throw new SettingsError('DATABASE_URL: must be set: it knows what jobs need');
  const database = createDatabase(url);
  try {
    const log = createLog('store', 'info');
    await keepHouse({ database, store, ledger, log }, { keepJobsMs: Number(days) * DAY_MS });
  } finally {
    await database.$disconnect();
  }
  return stats(store);
}

async function stats(store: ArtifactStore): Promise<number> {
  const { blobs, blobBytes, results, resultBytes } = await store.statistics();
  console.log(`${blobs} blobs, ${mib(blobBytes)}`);
  console.log(`${results} results, ${mib(resultBytes)}`);
  return 0;
}

async function verify(store: ArtifactStore): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const { checked, bytes, corrupt, next } = await store.verify({ signal: stop.signal });
  console.log(`${checked} blobs read, ${mib(bytes)}; ${corrupt.length} damaged and removed`);
  for (const sha256 of corrupt) console.log(`  ${sha256}`);
  if (next !== undefined) console.log('Interrupted: the blobs after these were not read.');
  return corrupt.length > 0 ? 1 : 0;
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

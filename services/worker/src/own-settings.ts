import path from 'node:path';
import type { Settings } from '@aura/config';
import type { ArchiverPace } from '@aura/record';
import type { StoreSettings } from '@aura/storage';

/** Where this worker's artifacts are. */
export function storeSettings(settings: Settings): StoreSettings {
  return {
    folder: path.join(settings.AURA_HOME, 'artifacts'),
    url: settings.AURA_STORE_URL,
    endpoint: settings.AURA_STORE_ENDPOINT,
    region: settings.AURA_STORE_REGION,
    cacheBytes: settings.AURA_STORE_CACHE_MB * 2 ** 20,
  };
}

const DAY_MS = 24 * 60 * 60_000;

/** How long jobs and their films are kept. */
export function keepingPace({
  AURA_KEEP_JOBS_DAYS: jobDays,
  AURA_KEEP_FILMS_DAYS: filmDays,
}: Settings): Partial<ArchiverPace> {
  return {
    ...(jobDays > 0 ? { keepJobsMs: jobDays * DAY_MS } : {}),
    ...(filmDays > 0 ? { keepFilmsMs: filmDays * DAY_MS } : {}),
  };
}

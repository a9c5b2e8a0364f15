import path from 'node:path';
import type { Settings } from '@aura/config';
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

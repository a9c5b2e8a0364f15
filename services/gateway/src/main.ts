import path from 'node:path';
import {
  loadSettings,
  secretsIn,
  SettingsError,
  settingsToShow,
  type Settings,
} from '@aura/config';
import { orderIn } from '@aura/provider';
import { createLog } from '@aura/telemetry';
import { createGateway, type Gateway } from './gateway.js';
import { exposureProblem } from './guard/access.js';

/** The gateway process: settings from the environment, until SIGTERM or SIGINT. */
const settings = readSettings();
const log = createLog('gateway', settings.AURA_LOG_LEVEL, { secrets: secretsIn(settings) });
const gateway = await createGateway({
  databaseUrl: settings.DATABASE_URL,
  requestsUrl: settings.AURA_REQUESTS_DATABASE_URL,
  temporalAddress: settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.AURA_TEMPORAL_PORT}`,
  temporalNamespace: settings.TEMPORAL_NAMESPACE,
  home: path.resolve(settings.AURA_HOME),
  bucket: settings.AURA_STORE_URL
    ? {
        url: settings.AURA_STORE_URL,
        endpoint: settings.AURA_STORE_ENDPOINT,
        region: settings.AURA_STORE_REGION,
        cacheBytes: settings.AURA_STORE_CACHE_MB * 1_024 * 1_024,
      }
    : undefined,
  redirectsDownloads: settings.AURA_DOWNLOADS === 'redirect',
  cdnUrl: settings.AURA_CDN_URL,
  tenantId: settings.AURA_TENANT,
  preset: settings.AURA_PRESET,
  chains: {
    script: orderIn(settings.AURA_SCRIPT_CHAIN),
    voice: orderIn(settings.AURA_VOICE_CHAIN),
    visuals: orderIn(settings.AURA_VISUALS_CHAIN),
  },
  jobBudgetUsd: settings.AURA_JOB_BUDGET_USD,
  dayBudgetUsd: settings.AURA_DAY_BUDGET_USD,
  apiKey: settings.AURA_API_KEY,
  needsKey: settings.AURA_ACCESS === 'keys',
  rateLimits: {
    perKey: settings.AURA_RATE_LIMIT,
    perAddress: settings.AURA_ADDRESS_RATE_LIMIT,
  },
  maxStreamsPerKey: settings.AURA_MAX_STREAMS_PER_KEY,
  bodyLimitBytes: settings.AURA_BODY_LIMIT_KB * 1_024,
  maxStreams: settings.AURA_MAX_STREAMS,
  uploadLimitBytes: settings.AURA_UPLOAD_LIMIT_MB * 1_024 * 1_024,
  uploadQuotaBytes: settings.AURA_UPLOAD_QUOTA_MB * 1_024 * 1_024,
  filmQuotaBytes: settings.AURA_FILM_QUOTA_MB * 1_024 * 1_024,
  keepAssetsDays: settings.AURA_KEEP_ASSETS_DAYS,
  slowQueryMs: settings.AURA_SLOW_QUERY_MS,
  minFreeDiskMb: settings.AURA_MIN_FREE_DISK_MB,
  minFreeMemoryMb: settings.AURA_MIN_FREE_MEMORY_MB,
  providerAddresses: {
    openai: settings.OPENAI_BASE_URL,
    anthropic: settings.ANTHROPIC_BASE_URL,
    elevenlabs: settings.ELEVENLABS_BASE_URL,
    deepgram: settings.DEEPGRAM_BASE_URL,
    pexels: settings.PEXELS_BASE_URL,
    pixabay: settings.PIXABAY_BASE_URL,
    ollama: settings.OLLAMA_HOST,
    'openai-compatible': settings.OPENAI_COMPATIBLE_BASE_URL ?? settings.AURA_TTS_URL,
    piper: settings.PIPER_URL,
    comfyui: settings.COMFYUI_URL,
    automatic1111: settings.AUTOMATIC1111_URL,
  },
  proxy: {
    httpProxy: settings.HTTP_PROXY,
    httpsProxy: settings.HTTPS_PROXY,
    noProxy: settings.NO_PROXY,
  },
  about: { settings: settingsToShow(settings), secrets: secretsIn(settings) },
  log,
});
const url = await gateway.listen(settings.AURA_PORT, settings.AURA_HOST).catch(refuse);
log.info({ url }, 'the gateway serves');
stopOnSignal(gateway);

function readSettings(): Settings & { DATABASE_URL: string } {
  try {
    const { DATABASE_URL: databaseUrl, ...others } = loadSettings(process.env);
    const exposure = exposureProblem(others.AURA_HOST, {
      apiKey: others.AURA_API_KEY,
      needsKey: others.AURA_ACCESS === 'keys',
    });
    if (exposure) throw new SettingsError(exposure);
    if (!databaseUrl) throw new SettingsError('DATABASE_URL: must be set; `npm start` sets it');
    return { ...others, DATABASE_URL: databaseUrl };
  } catch (error) {
    return refuse(error);
  }
}

/** What a user can put right is one line; anything else keeps its stack. */
function refuse(error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof SettingsError) console.error(error.message);
  else if (code === 'EADDRINUSE') console.error(`AURA_PORT: port ${settings.AURA_PORT} is in use`);
  else if (code === 'EADDRNOTAVAIL') console.error('AURA_HOST: this machine has no such address');
  else throw error;
  process.exit(1);
}

function stopOnSignal(running: Gateway): void {
  let stopping: Promise<void> | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    log.info({ signal }, 'the gateway stops');
    stopping = running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the gateway could not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

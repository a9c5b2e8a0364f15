import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '@aura/telemetry';
import { createLog } from '@aura/telemetry';
import { createGateway, type GatewayOptions } from '../gateway.js';

export interface TestGateway {
  url: string;
  /** AURA_HOME, removed at the end. */
  home: string;
  close(options?: { keepHome?: boolean }): Promise<void>;
}

/** Nobody listens there: what is tested has to work while Temporal is down. */
export const NO_TEMPORAL = '127.0.0.1:1';

/** A gateway on a free port over an existing database, quiet and impatient. */
export async function startTestGateway(
  databaseUrl: string,
  overrides: Partial<GatewayOptions> = {},
): Promise<TestGateway> {
  const home = overrides.home ?? (await mkdtemp(path.join(tmpdir(), 'aura-gateway-')));
  const gateway = await createGateway({
    databaseUrl,
    temporalAddress: NO_TEMPORAL,
    temporalNamespace: 'aura',
    home,
    tenantId: 'local',
    apiKey: undefined,
    bodyLimitBytes: 512 * 1_024,
    maxStreams: 1_000,
    uploadLimitBytes: 4 * 1_024 * 1_024,
    uploadQuotaBytes: 0,
    keepAssetsDays: 30,
    minFreeDiskMb: 0,
    minFreeMemoryMb: 0,
    log: quietLog(),
    ...overrides,
    timing: { outboxPollMs: 200, eventPollMs: 500, livePollMs: 100, ...overrides.timing },
  });
  const url = await gateway.listen(0, '127.0.0.1');
  return {
    url,
    home,
    close: async ({ keepHome = false } = {}) => {
      await gateway.close();
      if (!keepHome) await rm(home, { recursive: true, force: true });
    },
  };
}

function quietLog(): Log {
  return createLog('gateway-test', 'silent');
}

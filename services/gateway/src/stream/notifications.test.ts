import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { createLog } from '@aura/telemetry';
import { Notifications } from './notifications.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase({ migrated: false });
});
afterAll(() => server.stop());

test('closing does not wait for a PostgreSQL that stands still', async () => {
  let onConnected: () => void = () => undefined;
  const connected = new Promise<void>((resolve) => (onConnected = resolve));
  const notifications = new Notifications({
    databaseUrl: server.url,
    channels: ['some_channel'],
    onNotification: () => undefined,
    onConnected,
    log: createLog('test', 'silent'),
  });
  await connected;
  const [backend] = await server.database.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity
    WHERE application_name = 'aura-gateway-listen' AND datname = current_database()`;
  process.kill(backend!.pid, 'SIGSTOP');
  try {
    const startedAt = performance.now();
    await notifications.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  } finally {
    process.kill(backend!.pid, 'SIGCONT');
  }
});

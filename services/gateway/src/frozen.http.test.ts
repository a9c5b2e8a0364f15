import { expect, test } from 'vitest';
import { startTestDatabase } from '@aura/database/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './testing/requests.js';
import { startTestGateway } from './testing/test-gateway.js';

test('a gateway stops within seconds while PostgreSQL stands still', async () => {
  const server = await startTestDatabase();
  const gateway = await startTestGateway(server.url);
  await send(`${gateway.url}/health/ready`);
  await sleep(500);
  const rows = await server.database.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity
    WHERE application_name LIKE 'aura-gateway%' AND datname = current_database()`;
  expect(rows.length).toBeGreaterThan(1);
  for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
  try {
    await sleep(1_000);
    const startedAt = performance.now();
    await gateway.close();
    expect(performance.now() - startedAt).toBeLessThan(12_000);
  } finally {
    for (const { pid } of rows) process.kill(pid, 'SIGCONT');
    await server.stop();
  }
}, 120_000);

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { loadSettings } from '@aura/config';
import { findHistory } from './find-history.js';

const ID = '01890000-0000-7000-8000-000000000000';

test('without a running stack it says where it was looked for, and that Aura must run', async () => {
  const settings = loadSettings({ AURA_PORT: '1', AURA_TEMPORAL_PORT: '2' });
  await expect(findHistory(ID, settings)).rejects.toThrow(
    'neither the gateway (http://127.0.0.1:1) nor Temporal (127.0.0.1:2) gives it; Aura must run',
  );
});

test('the history of a job that has ended comes from the gateway, asked with the key', async () => {
  const apiKey = 'k'.repeat(22);
  const server = createServer((request, response) => {
    const isMine = request.headers.authorization === `Bearer ${apiKey}`;
    response.statusCode = isMine && request.url?.includes(ID) ? 200 : 401;
    response.end('{"events":[]}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const settings = loadSettings({ AURA_PORT: String(port), AURA_API_KEY: apiKey });
  expect(await findHistory(ID, settings)).toBe('{"events":[]}');
  server.close();
});

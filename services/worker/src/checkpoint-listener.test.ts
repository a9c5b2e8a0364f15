import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { toFailure } from '@aura/failure';
import { MockActivityEnvironment } from '@temporalio/testing';
import { httpCheckpoints } from './checkpoint-listener.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listening(its: Server): Promise<string> {
  server = its;
  await once(its.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(its.address() as AddressInfo).port}/`;
}

test('checkpoints arrive although the test closes its connections between them', async () => {
  const arrived: string[] = [];
  const used = new WeakSet<object>();
  const url = await listening(
    createServer((request, response) => {
      // What an idle connection looks like that is closed in the moment in which it is used again.
      if (used.has(request.socket)) return void request.socket.destroy();
      used.add(request.socket);
      request.setEncoding('utf8').on('data', (text: string) => arrived.push(text));
      request.on('end', () => response.end());
    }),
  );
  const reach = httpCheckpoints(url);
  await new MockActivityEnvironment({ attempt: 2 }).run(async () => {
    for (const checkpoint of ['before', 'done', 'recorded'] as const) {
      await reach(checkpoint, 'narrateScene', 'k');
    }
  });
  expect(arrived.map((text) => JSON.parse(text) as object)).toEqual([
    expect.objectContaining({ checkpoint: 'before', attempt: 2, pid: process.pid }),
    expect.objectContaining({ checkpoint: 'done' }),
    expect.objectContaining({ checkpoint: 'recorded' }),
  ]);
});

test('a cancel ends the waiting with its own reason; nobody at the address is a failure of the network', async () => {
  const url = await listening(createServer(() => undefined));
  const environment = new MockActivityEnvironment();
  const waiting = environment.run(() => httpCheckpoints(url)('before', 'narrateScene', 'k'));
  await once(server!, 'request');
  environment.cancel('CANCELLED');
  await expect(waiting).rejects.toMatchObject({ name: 'CancelledFailure' });
  const nobody = new MockActivityEnvironment().run(() =>
    httpCheckpoints('http://127.0.0.1:1/')('before', 'narrateScene', 'k'),
  );
  const error: unknown = await nobody.catch((thrown: unknown) => thrown);
  expect(toFailure(error).code).toBe('TransientNetworkFailure');
});

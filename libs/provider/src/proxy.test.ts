import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createAccount, type Account } from './account.js';
import { createVendors } from './create-vendors.js';
import { FaultServer } from './fault-server.test-kit.js';

function accountAt(baseUrl: string, runs: 'remote' | 'local' = 'remote'): Account {
  const probe = { path: '/models', modelsIn: () => [] };
  return createAccount({ vendor: 'test', runs, baseUrl: `${baseUrl}/v1/`, key: 'k', probe });
}

test('remote calls go through the proxy, local ones and excepted hosts do not', async () => {
  const server = await FaultServer.start();
  const tunnels: string[] = [];
  const forwarded: string[] = [];
  const proxy = createServer((request, response) => {
    forwarded.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"by":"proxy"}');
  });
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const target = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const through = createVendors({
    proxy: { httpProxy: proxyUrl, httpsProxy: proxyUrl, noProxy: 'direct.test' },
  });
  const call = { endpoint: 'chat', path: '/chat' };
  const remote = accountAt('http://vendor.test');
  const reply = await through.callVendor({ ...call, account: remote, json: { a: 1 } });
  expect(reply.json()).toEqual({ by: 'proxy' });
  expect(forwarded).toEqual(['http://vendor.test/v1/chat']);
  // The tunnel is asked for; that the server behind it speaks no TLS ends the call.
  await through.callVendor({ ...call, account: accountAt('https://vendor.test') }).catch(() => {});
  expect(tunnels).toEqual(['vendor.test:443']);
  await through.callVendor({ ...call, account: accountAt(server.url, 'local') });
  const direct = through.callVendor({ ...call, account: accountAt('http://direct.test') });
  await expect(direct).rejects.toMatchObject({ code: 'TransientNetworkFailure' });
  expect(forwarded.length + tunnels.length).toBe(2);
  await through.close();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await server.stop();
});

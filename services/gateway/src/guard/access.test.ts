import type { Failure } from '@aura/failure';
import type { Request, Response } from 'express';
import { expect, test } from 'vitest';
import { newKey } from '../keys/key-text.js';
import { access, exposureProblem, principalOf, refusedNeighbour } from './access.js';

test('without a key only loopback names are served', () => {
  const hosts = ['127.0.0.1:5005', 'localhost', 'LOCALHOST:80', '[::1]:5005', '127.1.2.3'];
  for (const host of hosts) expect(refusedNeighbour({ host })).toBeUndefined();
  const others = ['evil.com', 'localhost.evil.com', '10.0.0.1', '127.0.0.1.evil.com', '[::2]', ''];
  for (const host of [...others, 'localhost:1@evil.com', '128.0.0.1', undefined]) {
    expect(refusedNeighbour({ host })?.code).toBe('HostNotAllowed');
  }
});

test('without a key only pages of this machine may call', () => {
  const host = 'localhost:5005';
  for (const origin of ['http://localhost:5005', 'http://127.0.0.1:3000', 'http://[::1]:1']) {
    expect(refusedNeighbour({ host, origin })).toBeUndefined();
  }
  const origins = ['https://evil.com', 'null', '', 'http://localhost.evil.com', 'file://localhost'];
  for (const origin of origins) {
    expect(refusedNeighbour({ host, origin })?.code).toBe('OriginNotAllowed');
  }
});

const NO_KEYS = { principalOf: () => Promise.resolve(undefined) };

test('with a key whoever sends it is the owner, and nobody else is anybody', async () => {
  const apiKey = 'k'.repeat(22);
  const ask = (authorization?: string) =>
    principalOf({ authorization, host: 'localhost' }, { keys: NO_KEYS, tenantId: 'local', apiKey });
  expect(await ask(`Bearer ${apiKey}`)).toMatchObject({ tenantId: 'local', role: 'owner' });
  const wrong = [apiKey, `Basic ${apiKey}`, 'Bearer', `Bearer ${apiKey}x`];
  for (const given of [undefined, ...wrong, `Bearer ${apiKey} ${apiKey}`, 'Bearer aura_1']) {
    expect(await ask(given)).toMatchObject({ code: 'Unauthorized' });
  }
});

test('without a key this machine is the owner, unless keys are needed or a wrong one is sent', async () => {
  const loopback = { keys: NO_KEYS, tenantId: 'local', apiKey: undefined };
  const host = 'localhost';
  expect(await principalOf({ host }, loopback)).toMatchObject({ role: 'owner' });
  expect(await principalOf({ host: 'evil.com' }, loopback)).toMatchObject({
    code: 'HostNotAllowed',
  });
  const refused = { code: 'Unauthorized' };
  expect(await principalOf({ host }, { ...loopback, needsKey: true })).toMatchObject(refused);
  const authorization = `Bearer ${newKey().text}`;
  expect(await principalOf({ host, authorization }, loopback)).toMatchObject(refused);
  // Pages of other sites can send one as well.
  const stranger = { host: 'evil.com', authorization };
  expect(await principalOf(stranger, loopback)).toMatchObject({ code: 'HostNotAllowed' });
});

test('open paths answer without the table of keys, but no other site where no key is needed', async () => {
  const asked: string[] = [];
  const ask = async (path: string, host: string) => {
    const principalOf = () => {
      asked.push(path);
      return Promise.reject(new Error('away'));
    };
    const keys = { principalOf };
    const open = access({ keys, tenantId: 'local', apiKey: undefined });
    const headers = { host, authorization: `Bearer ${newKey().text}` };
    const passing = Promise.resolve(
      open({ path, headers } as Request, { locals: {} } as Response, () => undefined),
    );
    return passing.then(
      () => 'passed',
      ({ code }: Failure) => code,
    );
  };
  for (const path of ['/ping', '/health', '/health/ready', '/docs/errors']) {
    expect([path, await ask(path, 'localhost')]).toEqual([path, 'passed']);
    expect([path, await ask(path, 'evil.com')]).toEqual([path, 'HostNotAllowed']);
  }
  expect(new Set(asked)).toEqual(new Set(['/health/ready']));
});

test('other addresses than loopback are not bound without a key', () => {
  for (const host of ['127.0.0.1', '::1', 'localhost']) {
    expect(exposureProblem(host, { apiKey: undefined })).toBeUndefined();
  }
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'example.org']) {
    expect(exposureProblem(host, { apiKey: undefined })).toMatch(/^AURA_API_KEY: [^\n]+$/);
    expect(exposureProblem(host, { apiKey: 'k'.repeat(22) })).toBeUndefined();
  }
});

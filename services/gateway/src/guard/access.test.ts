import { expect, test } from 'vitest';
import { exposureProblem, refusedKey, refusedNeighbour } from './access.js';

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

test('with a key every route asks for it, but health, ping and docs', () => {
  const key = 'k'.repeat(22);
  const codeOf = (path: string, authorization?: string) =>
    refusedKey(key, path, { authorization })?.code;
  for (const path of ['/ping', '/health', '/health/ready', '/docs', '/docs/swagger-ui.css']) {
    expect(codeOf(path)).toBeUndefined();
  }
  for (const path of ['/api/videos/generate', '/docsx', '/healthy', '/', '/api/docs', '/ping/x']) {
    expect(codeOf(path)).toBe('Unauthorized');
    expect(codeOf(path, `Bearer ${key}`)).toBeUndefined();
  }
  for (const given of [key, `Basic ${key}`, 'Bearer', `Bearer ${key}x`, `Bearer ${key} ${key}`]) {
    expect(codeOf('/api/videos/generate', given)).toBe('Unauthorized');
  }
});

test('other addresses than loopback are not bound without a key', () => {
  for (const host of ['127.0.0.1', '::1', 'localhost']) {
    expect(exposureProblem(host, undefined)).toBeUndefined();
  }
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'example.org']) {
    expect(exposureProblem(host, undefined)).toMatch(/^AURA_API_KEY: [^\n]+$/);
    expect(exposureProblem(host, 'k'.repeat(22))).toBeUndefined();
  }
});

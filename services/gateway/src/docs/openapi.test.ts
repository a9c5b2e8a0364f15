import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openApiText } from './openapi-text.js';

const committed = path.resolve(import.meta.dirname, '../../openapi.json');

test('openapi.json is what the routes say; node services/gateway/dist/openapi.js writes it anew', async () => {
  expect(await openApiText()).toBe(await readFile(committed, 'utf8'));
});

test('every operation has its own id and says how it fails; the alias is left out', async () => {
  const document = JSON.parse(await openApiText()) as {
    paths: Record<string, Record<string, { operationId: string; responses: object }>>;
  };
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const ofVideos = Object.entries(document.paths).filter(([path]) => path.includes('{id}'));
  for (const [, item] of ofVideos) {
    for (const { responses } of Object.values(item)) expect(responses).toHaveProperty('404');
  }
  expect(Object.keys(document.paths).filter((path) => path.startsWith('/api/video/'))).toEqual([]);
  for (const { operationId, responses } of operations) {
    const { 500: fault = {} } = responses as Record<string, object>;
    expect([operationId, JSON.stringify(fault)]).not.toEqual([
      operationId,
      expect.stringContaining('InvalidInput'),
    ]);
  }
});

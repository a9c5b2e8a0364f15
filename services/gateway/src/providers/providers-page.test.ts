import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { generateRequest } from '../videos/generate-request.js';
import { validateRequest } from './validate/validate-schema.js';

const file = path.resolve(import.meta.dirname, '../../../../docs/providers.md');
const page = await readFile(file, 'utf8');

test('what docs/providers.md sends is what the API takes', () => {
  const asked = page.matchAll(/curl -s \S+(\/api\/\S+)[^\n]*(?:\\\n[^\n]*)*?-d (?:'(.*)'|"(.*)")/g);
  const requests = [...asked].map(([, route = '', plain, escaped = '']) => {
    const body = plain ?? escaped.replaceAll('\\"', '"');
    return { route, body: JSON.parse(body) as unknown };
  });
  expect(requests.map(({ route }) => route)).toEqual([
    '/api/providers/validate-enhanced',
    '/api/providers/validate-enhanced',
    '/api/videos/generate',
    '/api/videos/estimate',
  ]);
  for (const { route, body } of requests) {
    const schema = route.includes('validate') ? validateRequest : generateRequest;
    expect([route, schema.safeParse(body).error]).toEqual([route, undefined]);
  }
});

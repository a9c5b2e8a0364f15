import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { generateRequest } from '../videos/generate-request.js';
import { validateRequest } from './validate/validate-schema.js';

const file = path.resolve(import.meta.dirname, '../../../../docs/providers.md');
const page = await readFile(file, 'utf8');

test('what docs/providers.md sends is what the API takes', () => {
  const commands = page.matchAll(
    /(?:printf '(.*)' .*\|\n +)?curl -s \S+?(\/api\/\S+)([^`]*?)-d (?:@-|'(.*)')/g,
  );
  const requests = [...commands].map(([, piped, route = '', , plain]) => {
    return { route, body: JSON.parse(plain ?? piped ?? '') as unknown };
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

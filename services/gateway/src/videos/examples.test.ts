import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateRequest } from './generate-request.js';

const DOCS = new URL('../../../../docs/', import.meta.url);
/** The body of a request that `curl` sends in an example. */
const BODIES = /\/api\/videos\/generate\b[^']*(?:'Content-Type[^']*'[^']*)?-d '(?<body>[^']+)'/g;

const examples = readdirSync(DOCS)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...readFileSync(new URL(name, DOCS), 'utf8').matchAll(BODIES)].map(
      ({ groups }) => [name, groups?.['body'] ?? ''] as const,
    ),
  );

test('the examples of voices and prompts name the members that they are about', () => {
  const bodyIn = (name: string) => examples.find(([file]) => file === name)?.[1] ?? '{}';
  expect(JSON.parse(bodyIn('voices.md'))).toMatchObject({
    voiceId: expect.any(String),
    options: { delivery: { speed: expect.any(Number), pronunciations: expect.any(Array) } },
  });
  expect(JSON.parse(bodyIn('prompts.md'))).toMatchObject({
    options: { prompts: { script: expect.any(String) } },
  });
});

test.each(examples)('a request that the docs show is taken: %s %s', (_name, body) => {
  expect(generateRequest.safeParse(JSON.parse(body)).error).toBeUndefined();
});

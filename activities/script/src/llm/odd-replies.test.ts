import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStage, type Stage } from '../testing/asked-models.js';

let server: Server;
let stage: Stage;
let body = '';
let asked = 0;

beforeEach(async () => {
  asked = 0;
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/api/tags') return response.end('{"models":[{"name":"m:latest"}]}');
    asked += 1;
    return response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stage = await openStage({
    openai: { key: 'sk-test', baseUrl: `${url}/v1`, model: 'gpt-4o-mini' },
    anthropic: { key: 'sk-ant-test', baseUrl: url, model: 'm' },
    ollama: { host: url, model: 'm' },
    openaiCompatible: { baseUrl: `${url}/v1`, model: 'm' },
  });
});
afterEach(async () => {
  await stage.close();
  server.closeAllConnections();
  server.close();
});

/** Well formed, and not what was agreed. */
const ODD: Record<string, readonly object[]> = {
  openai: [
    { choices: 7 },
    { choices: [null] },
    { choices: [{ message: 'hello' }] },
    { choices: [{ message: { content: 42 } }] },
    { choices: [{ message: { content: [{ text: 'hello' }] } }] },
    { choices: [{ message: { content: '{}', refusal: {} } }] },
  ],
  anthropic: [
    { content: 'hello' },
    { content: { type: 'text' } },
    { content: [null, 7] },
    { content: [{ type: 'text', text: 42 }] },
  ],
  ollama: [{ message: null }, { message: 'hello' }, { message: { content: 42 } }],
};
const CASES = Object.entries({ ...ODD, 'openai-compatible': ODD['openai'] ?? [] }).flatMap(
  ([provider, replies]) => replies.map((reply) => [provider, JSON.stringify(reply)] as const),
);

test.each(CASES)(
  '%s answers %s: that is its fault, and nothing of it is kept as an answer',
  async (provider, reply) => {
    body = reply;
    for (const count of [1, 2]) {
      await expect(stage.write({ provider })).rejects.toMatchObject({
        name: 'Failure',
        code: 'API_ERROR',
      });
      expect(asked).toBe(count);
    }
  },
);

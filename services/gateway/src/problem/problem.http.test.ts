import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import fc from 'fast-check';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { postJson, send, type Answer } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
let server: TestDatabase;
let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url, { bodyLimitBytes: 64 * 1_024 });
  url = `${gateway.url}/api/videos/generate`;
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

async function correlationIdFor(headers: Record<string, string>) {
  const answer = await send(`${gateway.url}/ping`, { headers });
  return answer.headers['x-correlation-id'];
}

function expectProblem(answer: Answer, status: number, code: string | RegExp): void {
  expect([answer.status, answer.json?.code]).toEqual([status, expect.stringMatching(code)]);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['x-correlation-id']).toBe(answer.json.correlationId);
  expect(answer.json).toMatchObject({
    type: `/docs/errors#${answer.json.code.split(':')[0]}`,
    status,
    title: expect.any(String),
    detail: expect.any(String),
    instance: expect.stringMatching(/^\//),
    remediation: expect.any(String),
  });
  expect(answer.text).not.toMatch(/\bat .*\.(ts|js):|node_modules|SELECT|prisma/i);
}

test('an id with a broken percent-encoding is answered as any bad id is', async () => {
  for (const path of ['/api/videos', '/api/video']) {
    const ask = (id: string) => send(`${gateway.url}${path}/${id}/status`);
    const [broken, bad] = [await ask('%zz'), await ask('nobody')];
    for (const answer of [broken, bad]) expectProblem(answer, 404, /^JobNotFound$/);
    const { detail, remediation } = bad.json;
    expect(broken.json).toMatchObject({ detail, remediation });
  }
  const job = '01890000-0000-7000-8000-000000000000';
  const file = await send(`${gateway.url}/api/videos/${job}/artifacts/%zz`);
  expectProblem(file, 404, /^ArtifactMissing$/);
});

test('everything that can be wrong with a request has its status and code', async () => {
  const json = { 'Content-Type': 'application/json' };
  const text = { 'Content-Type': 'text/plain' };
  const post = (headers: Record<string, string>, body: string) =>
    send(url, { method: 'POST', headers, body });
  expectProblem(await post(json, '{'), 400, /^MalformedJson$/);
  expectProblem(await post(json, '[' + '['.repeat(30_000)), 400, /^MalformedJson$/);
  expectProblem(await post(text, '{"brief":"x"}'), 415, /^UnsupportedMediaType$/);
  expectProblem(await post({}, '{"brief":"x"}'), 415, /^UnsupportedMediaType$/);
  const utf16 = { 'Content-Type': 'application/json; charset=utf-16' };
  expectProblem(await post(utf16, '{"brief":"x"}'), 415, /^UnsupportedMediaType$/);
  const zipped = { ...json, 'Content-Encoding': 'gzip' };
  expectProblem(await post(zipped, 'not gzip'), 400, /^InvalidInput:/);
  const strange = { ...json, 'Content-Encoding': 'rot13' };
  expectProblem(await post(strange, 'x'), 415, /^UnsupportedMediaType$/);
  const long = JSON.stringify({ brief: 'x'.repeat(70_000) });
  expectProblem(await post(json, long), 413, /^PayloadTooLarge$/);
  expectProblem(await post({}, ''), 400, /^InvalidInput:body$/);
  expectProblem(await send(`${gateway.url}/api/nope`), 404, /^RouteNotFound$/);
  expectProblem(await send(`${gateway.url}/api/videos/%E0%A4%A/status`), 404, /^JobNotFound$/);
  const sent = await send(url, { method: 'PUT', headers: json, body: '{}' });
  expectProblem(sent, 405, /^MethodNotAllowed$/);
  expect(sent.headers.allow).toBe('POST');
  const head = await send(`${gateway.url}/api/video/x/download`, { method: 'DELETE' });
  expect(head.headers.allow).toBe('GET, HEAD');
});

test('what is no HTTP is a problem too', async () => {
  const { hostname, port } = new URL(gateway.url);
  const answerTo = async (bytes: string): Promise<string> => {
    const socket = connect(Number(port), hostname);
    socket.write(bytes);
    return textOf(socket);
  };
  for (const [bytes, status] of [
    ['HELO example.org\r\n\r\n', 400],
    ['GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const answer = await answerTo(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const problem = JSON.parse(answer.split('\r\n\r\n')[1]!);
    expect(problem).toMatchObject({ code: 'InvalidInput:request', status });
  }
});

test('field errors name the field in the request’s own spelling', async () => {
  const answer = await postJson(url, { brief: 'x', options: { fps: 1, aspekt: '16:9' } });
  expectProblem(answer, 400, /^InvalidInput:options\.fps$/);
  expect(answer.json.errors).toEqual([
    { field: 'options.fps', message: 'must be at least 12' },
    { field: 'options.aspekt', message: 'is not a member of this request' },
  ]);
});

test('a correlation id is taken if it is harmless, and replaced if not', async () => {
  expect(await correlationIdFor({ 'X-Correlation-ID': 'a-b_c.9' })).toBe('a-b_c.9');
  expect(await correlationIdFor({ 'X-Request-Id': 'from-proxy' })).toBe('from-proxy');
  expect(await correlationIdFor({ 'X-Correlation-ID': 'no spaces', 'X-Request-Id': 'ok' })).toBe(
    'ok',
  );
  for (const bad of ['', 'a b', '<x>', 'x'.repeat(129), '{"a":1}']) {
    expect(await correlationIdFor({ 'X-Correlation-ID': bad })).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('without a key, strangers are refused before anything else is looked at', async () => {
  const foreign = await send(url, { method: 'POST', headers: { Host: 'evil.com' }, body: '{' });
  expectProblem(foreign, 403, /^HostNotAllowed$/);
  const page = await postJson(url, { brief: 'x' }, { Origin: 'https://evil.com' });
  expectProblem(page, 403, /^OriginNotAllowed$/);
});

test('with a key, whoever lacks it is told how to bring it', async () => {
  const apiKey = 'a-key-of-22-characters';
  const keyed = await startTestGateway(server.url, { apiKey });
  const locked = await postJson(`${keyed.url}/api/videos/generate`, { brief: 'x' });
  expectProblem(locked, 401, /^Unauthorized$/);
  expect(locked.headers['www-authenticate']).toBe('Bearer realm="aura"');
  const headers = { Authorization: `Bearer ${apiKey}`, Host: 'aura.example.org' };
  const open = await postJson(`${keyed.url}/api/videos/generate`, { brief: 'x' }, headers);
  expect(open.status).toBe(202);
  const paths = ['ping', 'health', 'docs', 'docs/openapi.json', 'docs/errors'];
  for (const path of paths) expect((await send(`${keyed.url}/${path}`)).status).toBe(200);
  await keyed.close();
});

test('500 malformed bodies give nothing but 4xx, and store nothing', async () => {
  const before = await server.database.job.count();
  const statuses = new Set<number>();
  const scalar = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  const wrongBrief = fc.oneof(fc.constant(''), fc.constant('a\0'), fc.double(), fc.array(scalar));
  const request = fc.record(
    {
      brief: fc.oneof(wrongBrief, fc.string()),
      durationMinutes: fc.oneof(scalar, fc.constantFrom(0, -1, 31)),
      options: fc.oneof(scalar, fc.dictionary(fc.string(), fc.jsonValue())),
      voiceId: scalar,
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    { weight: 3, arbitrary: request.map((one) => JSON.stringify({ ...one, unknown: 1 })) },
    { weight: 2, arbitrary: fc.record({ brief: wrongBrief }).map((one) => JSON.stringify(one)) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify([value])) },
    { weight: 1, arbitrary: fc.nat(3_000).map((depth) => '{"brief":'.repeat(depth + 1)) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 300 }) },
  );
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await send(url, { method: 'POST', headers, body: bytes });
      statuses.add(answer.status);
      expect([400, 413, 415]).toContain(answer.status);
      expect(answer.json).toMatchObject({ code: expect.any(String), status: answer.status });
    }),
    { numRuns: 500 },
  );
  expect(statuses).toContain(400);
  expect(await server.database.job.count()).toBe(before);
  expect(await server.database.idempotencyKey.count()).toBe(0);
});

test('JSON is compressed where that pays, streams and films never', async () => {
  const headers = { 'Accept-Encoding': 'gzip, br' };
  const document = await fetch(`${gateway.url}/docs/openapi.json`, { headers });
  expect(document.headers.get('content-encoding')).toBe('br');
  const small = await fetch(`${gateway.url}/health`, { headers });
  expect(small.headers.get('content-encoding')).toBeNull();
});

test('the documentation needs nothing from elsewhere', async () => {
  const page = await send(`${gateway.url}/docs`);
  expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  const bundle = await send(`${gateway.url}/docs/swagger-ui-bundle.js`);
  expect([bundle.status, bundle.text.length > 100_000]).toEqual([200, true]);
  const errors = await send(`${gateway.url}/docs/errors`);
  expect(errors.text).toContain('<section id="IdempotencyKeyReused">');
});

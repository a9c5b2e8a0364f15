import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiText } from '../docs/openapi-text.js';
import { Keys } from '../keys/keys.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { isOfTenant, operationsOf, type Operation } from './authorisation-page.js';
import { OPERATIONS } from './operations.js';
import { isAtLeast, ROLES, type Role } from './principal.js';

let server: TestDatabase;
let gateway: TestGateway;
let operations: Operation[];
let keys: Keys;
/** Of each kind of thing that paths name, one of the tenant `local`. */
let ids: Record<string, string>;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url, { needsKey: true });
  keys = new Keys(server.database);
  operations = operationsOf(JSON.parse(await openApiText()) as OpenAPIObject);
  const { headers } = await caller('owner');
  const { json: job } = await postJson(`${gateway.url}/api/jobs`, { brief: 'Secret' }, headers);
  const file = { method: 'POST', headers, body: 'Secret' };
  const { json: asset } = await send(`${gateway.url}/api/assets?fileName=secret.txt`, file);
  const { keyId } = await caller('member');
  ids = { jobs: job.jobId, videos: job.jobId, assets: asset.assetId, keys: keyId };
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

async function caller(role: Role, tenantId = 'local') {
  const wish = { name: role, role, scopes: [], expiresAt: undefined };
  const maker = { tenantId, role: 'owner', scopes: [], who: 'test' } as const;
  const { key, text } = await keys.create(wish, maker);
  return { keyId: key.id, headers: { Authorization: `Bearer ${text}` } };
}

/** What is taken, of those that need more than nothing and name something of a tenant. */
const VALID: Record<string, object> = {
  editJob: { operations: [{ op: 'title', title: 'Mine' }] },
};

/** Sends the request of an operation, as far as it can be made from its path, and leaves streams at once. */
async function ask({ method, path, operationId }: Operation, headers: Record<string, string> = {}) {
  const kind = path.split('/')[2] ?? '';
  const place = path
    .replace('{id}', ids[kind] ?? 'x')
    .replace('{kind}', 'video')
    .replaceAll(/\{\w+\}/g, 'x');
  const stop = new AbortController();
  const wish = JSON.stringify(VALID[operationId] ?? {});
  const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { body: wish } : {};
  const all = { 'Content-Type': 'application/json', ...headers };
  const url = gateway.url + place;
  const answer = await fetch(url, { method, headers: all, ...body, signal: stop.signal });
  const isStream = answer.headers.get('Content-Type')?.startsWith('text/event-stream');
  const text = isStream ? '' : await answer.text();
  stop.abort();
  const { code } = text.startsWith('{"type"')
    ? (JSON.parse(text) as { code: string })
    : { code: '' };
  return { status: answer.status, code, text };
}

const NOT_FOUND: unknown = expect.stringMatching(/NotFound$/);
const DENIED = ['Unauthorized', 'NotAllowed'];

test('every operation has a row in the table of who may do what, and the table no other', () => {
  const named = operations.map(({ operationId }) => operationId);
  expect(Object.keys(OPERATIONS).toSorted()).toEqual(named.toSorted());
});

test('without a key nothing is done but what is for everybody', async () => {
  for (const operation of operations) {
    const { status, code } = await ask(operation);
    const isOpen = OPERATIONS[operation.operationId] === 'everybody';
    const name = operation.operationId;
    if (isOpen) expect([name, DENIED.includes(code)]).toEqual([name, false]);
    // A HEAD has no body that says why.
    else expect([name, status]).toEqual([name, 401]);
  }
});

test('for the owner of another tenant nothing exists that is not his, and nothing changes', async () => {
  const { headers } = await caller('owner', 'other');
  const everything = async () => ({
    job: await server.database.job.findUnique({ where: { id: ids['jobs']! } }),
    asset: await server.database.asset.findUnique({ where: { id: ids['assets']! } }),
    key: await server.database.apiKey.findUnique({ where: { id: ids['keys']! } }),
    outbox: await server.database.outbox.count(),
  });
  const before = await everything();
  for (const operation of operations) {
    const { status, code, text } = await ask(operation, headers);
    const { operationId: name, method } = operation;
    if (isOfTenant(operation.path)) {
      expect([name, status, code]).toEqual([name, 404, method === 'HEAD' ? '' : NOT_FOUND]);
    }
    // Who has asked for a path may read it again.
    const told = text.replaceAll(/"(instance|path)":"[^"]*"|"[A-Z]+ \/api\/[^"]*"/g, '');
    for (const id of Object.values(ids)) expect(told).not.toContain(id);
    expect(text).not.toContain('Secret');
  }
  expect(await everything()).toEqual(before);
});

test('what a body names of another tenant does not exist either', async () => {
  const { headers } = await caller('owner', 'other');
  const assetId = ids['assets']!;
  const scene = { narration: 'Bees make honey.', assetId };
  const post = (path: string, body: object) =>
    postJson(`${gateway.url}/api/${path}`, body, headers);
  const named = [
    ['jobs', { fromJob: ids['jobs'] }, 'fromJob'],
    ['jobs', { brief: 'Bees', documents: [{ assetId }] }, 'assetId'],
    ['jobs', { script: { scenes: [scene] } }, 'assetId'],
    ['videos/generate', { brief: 'Bees', documents: [{ assetId }] }, 'assetId'],
  ] as const;
  for (const [path, body, field] of named) {
    const { status, json } = await post(path, body);
    const code: unknown = expect.stringMatching(new RegExp(`NotFound$|^InvalidInput:.*${field}$`));
    expect([path, body, status, json.code]).toEqual([path, body, expect.any(Number), code]);
    expect(status).toBeLessThan(500);
  }
  expect(await server.database.assetUse.count({ where: { assetId } })).toBe(0);
  expect(await server.database.job.count({ where: { tenantId: 'other' } })).toBe(0);
});

test.each(ROLES)('a key with the role %s does what is for it, and nothing else', async (role) => {
  const { headers } = await caller(role);
  for (const operation of operations) {
    const { status, code } = await ask(operation, headers);
    const name = operation.operationId;
    const rule = OPERATIONS[name];
    if (!rule) continue;
    const may = rule === 'everybody' || isAtLeast(role, rule.role);
    if (may) expect([name, status === 401 || DENIED.includes(code)]).toEqual([name, false]);
    else expect([name, status, code]).toEqual([name, 403, 'NotAllowed']);
  }
});

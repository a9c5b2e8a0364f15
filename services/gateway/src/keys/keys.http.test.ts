import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { createdKeySchema, keysSchema } from './key-schema.js';
import { Keys } from './keys.js';
let server: TestDatabase;
let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url, { needsKey: true });
  url = `${gateway.url}/api/keys`;
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const OWNER = { tenantId: 'local', role: 'owner', scopes: [], who: 'test' } as const;
const bearer = (text: string) => ({ Authorization: `Bearer ${text}` });

async function keyOf(wish: Partial<Parameters<Keys['create']>[0]>, tenantId = 'local') {
  const all = { name: 'test', role: 'member', scopes: [], expiresAt: undefined, ...wish } as const;
  const { key, text } = await new Keys(server.database).create(all, { ...OWNER, tenantId });
  return { keyId: key.id, text, headers: bearer(text) };
}

test('a key is shown once, kept hashed, used, listed and revoked', async () => {
  expect((await send(url)).json.code).toBe('Unauthorized');
  const admin = await keyOf({ role: 'admin' });
  const made = await postJson(url, { name: ' a site ', role: 'member' }, admin.headers);
  expect(made.status).toBe(201);
  expect(createdKeySchema.parse(made.json)).toEqual(made.json);
  const { key, keyId, prefix } = made.json;
  expect(made.json).toMatchObject({ name: 'a site', role: 'member', lastUsedAt: null });
  const row = await server.database.apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(JSON.stringify(row)).not.toContain(key.slice(14));

  const jobs = `${gateway.url}/api/jobs`;
  expect((await send(jobs, { headers: bearer(key) })).status).toBe(200);
  const listed = await send(url, { headers: admin.headers });
  expect(keysSchema.parse(listed.json)).toEqual(listed.json);
  expect(listed.text).not.toContain(key.slice(14));
  await expect
    .poll(async () => (await send(url, { headers: admin.headers })).json.keys)
    .toContainEqual(expect.objectContaining({ prefix, lastUsedAt: expect.any(String) }));

  const revoke = () => send(`${url}/${keyId}`, { method: 'DELETE', headers: admin.headers });
  expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 204]);
  expect((await send(jobs, { headers: bearer(key) })).json.code).toBe('Unauthorized');
});

test('an expired, unknown or mistyped key is none, also where this machine needs no key', async () => {
  const expired = await keyOf({ expiresAt: new Date(Date.now() - 1_000) });
  const { text } = await keyOf({});
  const unknown = await keyOf({});
  await server.database.apiKey.delete({ where: { id: unknown.keyId } });
  const loopback = await startTestGateway(server.url);
  for (const given of [expired.text, unknown.text, text.replace(/.$/, 'g')]) {
    for (const { url: at } of [gateway, loopback]) {
      const refused = await send(`${at}/api/jobs`, { headers: bearer(given) });
      expect([refused.status, refused.json.code]).toEqual([401, 'Unauthorized']);
    }
  }
  await loopback.close();
});

test('a key belongs to its tenant: jobs, files and keys of others do not exist', async () => {
  const [mine, theirs] = [await keyOf({ role: 'owner' }), await keyOf({ role: 'owner' }, 'other')];
  const { json } = await postJson(`${gateway.url}/api/jobs`, { brief: 'Mine' }, mine.headers);
  const ask = ({ headers }: { headers: Record<string, string> }, path = '') =>
    send(`${gateway.url}/api/jobs${path}`, { headers });
  expect((await ask(mine, `/${json.jobId}`)).status).toBe(200);
  expect((await ask(theirs, `/${json.jobId}`)).json.code).toBe('JobNotFound');
  expect((await ask(theirs)).json.jobs).toEqual([]);
  const job = await server.database.job.findUniqueOrThrow({ where: { id: json.jobId } });
  expect(job.tenantId).toBe('local');
  const gone = await send(`${url}/${mine.keyId}`, { method: 'DELETE', headers: theirs.headers });
  expect(gone.json.code).toBe('KeyNotFound');
  expect((await send(url, { headers: theirs.headers })).json.keys).toHaveLength(1);
});

test('keys are listed by pages, and each is found by its prefix or id however many are newer', async () => {
  const admin = await keyOf({ role: 'admin' }, 'many');
  for (let made = 0; made < 4; made += 1) await keyOf({}, 'many');
  const ask = async (query = '') => (await send(`${url}${query}`, admin)).json;
  const all = await ask();
  expect([all.keys.length, all.next]).toEqual([5, null]);
  const first = await ask('?limit=3');
  const second = await ask(`?limit=3&cursor=${first.next}`);
  expect([...first.keys, ...second.keys]).toEqual(all.keys);
  expect([first.keys.length, second.next]).toEqual([3, null]);
  expect((await ask('?cursor=x')).code).toBe('InvalidInput:cursor');
  const keys = new Keys(server.database);
  const { keyId, prefix } = all.keys.at(-1);
  for (const name of [keyId, prefix]) expect((await keys.named('many', name))?.id).toBe(keyId);
  expect(await keys.named('local', prefix)).toBeNull();
});

test('roles and scopes limit a key, and nobody gives more than he has', async () => {
  const create = async (
    { headers }: { headers: Record<string, string> },
    wish: object,
  ): Promise<[number, string | undefined]> => {
    const { status, json } = await postJson(url, { name: 'x', ...wish }, headers);
    return [status, json.code];
  };
  const admin = await keyOf({ role: 'admin' });
  expect(await create(await keyOf({}), {})).toEqual([403, 'NotAllowed']);
  expect(await create(admin, { role: 'owner' })).toEqual([403, 'NotAllowed']);
  const scoped = await keyOf({ role: 'admin', scopes: ['admin:write', 'jobs:read'] });
  expect(await create(scoped, {})).toEqual([403, 'NotAllowed']);
  expect(await create(scoped, { scopes: ['assets:read'] })).toEqual([403, 'NotAllowed']);
  expect(await create(scoped, { scopes: ['jobs:read'] })).toEqual([201, undefined]);
  const soon = new Date(Date.now() + 60_000);
  const ending = await keyOf({ role: 'admin', expiresAt: soon });
  expect(await create(ending, {})).toEqual([403, 'NotAllowed']);
  const later = new Date(soon.getTime() + 1).toISOString();
  expect(await create(ending, { expiresAt: later })).toEqual([403, 'NotAllowed']);
  expect(await create(ending, { expiresAt: soon.toISOString() })).toEqual([201, undefined]);
  const owner = await keyOf({ role: 'owner' });
  const revoked = await send(`${url}/${owner.keyId}`, { method: 'DELETE', headers: admin.headers });
  expect(revoked.json.code).toBe('NotAllowed');

  const past = new Date(Date.now() - 60_000).toISOString();
  const wrong = [{ name: ' ' }, { role: 'king' }, { scopes: ['all'] }, { expiresAt: past }];
  for (const wish of wrong) {
    const [field] = Object.keys(wish) as [string];
    const code = expect.stringContaining(`InvalidInput:${field}`) as string;
    expect(await create(admin, wish)).toEqual([400, code]);
  }
  const reader = await keyOf({ scopes: ['jobs:read'] });
  const at = `${gateway.url}/api`;
  expect((await send(`${at}/jobs`, { headers: reader.headers })).status).toBe(200);
  expect((await send(`${at}/assets`, { headers: reader.headers })).json.code).toBe('NotAllowed');
  const made = await postJson(`${at}/jobs`, { brief: 'x' }, reader.headers);
  expect(made.json.detail).toContain('jobs:write');
});

test('the first key comes from a command of this machine, which lists and revokes keys too', async () => {
  const run = async (...args: string[]) => {
    const main = path.resolve(import.meta.dirname, '../../dist/keys/main.js');
    const env = { PATH: process.env['PATH'], DATABASE_URL: server.url };
    return promisify(execFile)(process.execPath, [main, ...args], { env }).then(
      (done) => ({ code: 0, ...done }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  };
  const tenant = ['--tenant', 'first'];
  const made = await run('create', '--name', 'the first', '--role', 'owner', ...tenant);
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('shown this once') });
  const headers = bearer(made.stdout.trim());
  expect((await send(url, { headers })).json.keys).toMatchObject([{ name: 'the first' }]);
  const { stdout } = await run('list', ...tenant);
  expect(stdout).toMatch(/ aura_[0-9a-f]{8} {2}owner {2}good .* the first\n$/);
  expect(await run('revoke', made.stdout.slice(0, 13), ...tenant)).toMatchObject({ code: 0 });
  expect((await run('list', ...tenant)).stdout).toContain('revoked');
  const wrong = await run('create', '--name', 'x', '--role', 'king');
  expect(wrong).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^--role: must be one of/),
  });
});

test('the shell lines of docs/api/access.md do what the page says', async () => {
  const docs = path.resolve(import.meta.dirname, '../../../../docs/api/access.md');
  const page = await readFile(docs, 'utf8');
  const lines = Array.from(page.matchAll(/```sh\n(.*?)```/gs), ([, block]) => block);
  const { text } = await keyOf({ role: 'admin' }, 'documented');
  const env = { PATH: process.env['PATH'], AURA: gateway.url, KEY: text };
  const script = ['set -euo pipefail', ...lines].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env });
  const told = [
    '{"jobs":[],"next":null}',
    '"name":"the website"',
    'as it is revoked',
    '"entries":[',
  ];
  for (const one of told) expect(stdout).toContain(one);
});

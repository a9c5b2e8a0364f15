import { parseArgs } from 'node:util';
import { loadSettings, SettingsError } from '@aura/config';
import { createDatabase, type ApiKey } from '@aura/database';
import { Failure } from '@aura/failure';
import { z } from 'zod';
import { createKeyRequest } from './key-schema.js';
import { Keys } from './keys.js';

/**
 * npm run keys -- create --name <what for> [--role …] [--tenant …] [--scopes a,b] [--days <n>] | list | revoke <key id>
 *
 * For whoever operates this machine: it needs the database, and no key. create prints the key, which is kept nowhere.
 * Exit code: 0 done, 1 there is no such key, 2 wrong call or settings.
 */
const USAGE = `Usage: npm run keys -- create --name <what for> [--role owner|admin|member|read-only]
                              [--tenant <name>] [--scopes jobs:read,…] [--days <until it expires>]
       npm run keys -- list [--tenant <name>]
       npm run keys -- revoke <key id or prefix> [--tenant <name>]`;
const PAGE = 1_000;
const DAY_MS = 24 * 60 * 60_000;
const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  tenant: { type: 'string' },
  scopes: { type: 'string' },
  days: { type: 'string' },
} as const;

type Options = Partial<Record<keyof typeof OPTIONS, string>>;

try {
  const { AURA_TENANT, DATABASE_URL: url } = loadSettings(process.env);
  if (!url) throw new SettingsError('DATABASE_URL: must be set; `npm start` brings a database');
  const { values, positionals } = readArguments();
  const tenantId = z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, '--tenant: must be 1 to 40 small letters, digits or dashes')
    .parse(values.tenant ?? AURA_TENANT);
  const database = createDatabase(url, { name: 'aura-keys', connections: 1 });
  try {
    await run(positionals, new Keys(database), { ...values, tenant: tenantId });
  } finally {
    await database.$disconnect();
  }
} catch (error) {
  if (error instanceof z.ZodError) console.error(error.issues.map(issueText).join('\n'));
  else if (error instanceof SettingsError || error instanceof Failure) console.error(error.message);
  else console.error(error);
  process.exitCode = error instanceof Failure ? 1 : 2;
}

function readArguments(): { values: Options; positionals: string[] } {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch {
    throw new SettingsError(USAGE);
  }
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `--${String(path[0])}: ${message}` : message;
}

async function run(
  [command, id, ...rest]: string[],
  keys: Keys,
  { tenant: tenantId, ...values }: Options & { tenant: string },
): Promise<void> {
  if (rest.length > 0) throw new SettingsError(USAGE);
  const owner = { tenantId, role: 'owner', scopes: [], who: 'npm run keys' } as const;
  if (command === 'create' && id === undefined) return create(keys, owner, values);
  if (command === 'list' && id === undefined) return list(keys, tenantId);
  if (command !== 'revoke' || id === undefined) throw new SettingsError(USAGE);
  const isName = /^aura_[0-9a-f]{8}$/.test(id) || z.uuid().safeParse(id).success;
  const found = isName ? await keys.named(tenantId, id) : null;
  if (!found) throw new Failure('KeyNotFound', `The tenant ${tenantId} has no key ${id}.`);
  await keys.revoke(found.id, owner);
  console.log(`${found.prefix} (${found.name}) is revoked.`);
}

async function create(
  keys: Keys,
  owner: Parameters<Keys['create']>[1],
  { name, role, scopes, days }: Options,
): Promise<void> {
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days)) throw new SettingsError(USAGE);
  const wish = createKeyRequest.parse({
    name: name ?? '',
    ...(role === undefined ? {} : { role }),
    ...(scopes === undefined ? {} : { scopes: scopes.split(',') }),
  });
  const expiresAt = days === undefined ? undefined : new Date(Date.now() + Number(days) * DAY_MS);
  const { key, text } = await keys.create({ ...wish, expiresAt }, owner);
  console.error(
    `A key of the tenant ${key.tenantId} with the role ${key.role}. Keep it: it is shown this once.`,
  );
  console.log(text);
}

async function list(keys: Keys, tenantId: string): Promise<void> {
  let after: string | undefined;
  do {
    const page = await keys.list(tenantId, { limit: PAGE, after });
    for (const key of page) console.log(lineOf(key));
    after = page.length === PAGE ? page.at(-1)?.id : undefined;
  } while (after !== undefined);
}

function lineOf({ id, prefix, role, name, scopes, ...key }: ApiKey): string {
  const { expiresAt, lastUsedAt, revokedAt } = key;
  const state = revokedAt ? 'revoked' : expiresAt && expiresAt < new Date() ? 'expired' : 'good';
  const used = lastUsedAt ? `used ${lastUsedAt.toISOString().slice(0, 16)}` : 'never used';
  return [id, prefix, role, state, used, scopes.join(',') || 'all scopes', name].join('  ');
}

import type { ApiKey } from '@aura/database';
import { z } from 'zod';
import { ROLES, SCOPES, type Role, type Scope } from '../guard/principal.js';
import { isoOf } from '../videos/status.js';

const moment = () => z.iso.datetime();

const key = {
  keyId: z.uuid(),
  name: z.string(),
  prefix: z.string().meta({ description: 'The open part of the key.', example: 'aura_3f9c21ab' }),
  role: z.enum(ROLES),
  scopes: z
    .array(z.enum(SCOPES))
    .describe('What it is limited to, below its role; empty: no limit.'),
  createdAt: moment(),
  createdBy: z.string(),
  expiresAt: moment().nullable(),
  lastUsedAt: moment().nullable().describe('To the minute.'),
  revokedAt: moment().nullable(),
};

export const keySchema = z.object(key).meta({ id: 'ApiKey' });
export const keysSchema = z
  .object({
    keys: z.array(keySchema),
    next: z.string().nullable().describe('The `cursor` of the page of older keys.'),
  })
  .meta({ id: 'ApiKeys' });

const MOST_KEYS = 1_000;
const whole = 'must be a whole number from 1 to 1000';

export const keysQuery = z.strictObject({
  limit: z.coerce.number(whole).int(whole).min(1, whole).max(MOST_KEYS, whole).default(MOST_KEYS),
  cursor: z.uuid('must be the next of a page').optional(),
});

export type KeysQuery = z.output<typeof keysQuery>;
export const createdKeySchema = z
  .object({ ...key, key: z.string().describe('The key itself. It is shown this once.') })
  .meta({ id: 'CreatedApiKey' });

export type KeyView = z.output<typeof keySchema>;
export type KeysView = z.output<typeof keysSchema>;
export type CreatedKeyView = z.output<typeof createdKeySchema>;

export const createKeyRequest = z
  .strictObject(
    {
      name: z
        .string()
        .trim()
        .min(1, 'must not be empty')
        .max(100, 'must have at most 100 characters'),
      role: z.enum(ROLES, `must be one of ${ROLES.join(', ')}`).default('member'),
      scopes: z
        .array(z.enum(SCOPES, `must be one of ${SCOPES.join(', ')}`))
        .max(SCOPES.length)
        .default([]),
      expiresAt: z.iso
        .datetime({ offset: true, error: 'must be a time such as 2030-01-31T12:00:00Z' })
        .transform((text) => new Date(text))
        .refine((time) => time.getTime() > Date.now(), 'must lie in the future')
        .nullish(),
    },
    'must be a JSON object',
  )
  .meta({ id: 'CreateKeyRequest', example: { name: 'the website', role: 'member' } });

export type CreateKeyRequest = z.output<typeof createKeyRequest>;

/** `rows`: one more than `limit` where there are more. */
export function keysPage(rows: readonly ApiKey[], limit: number): KeysView {
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
  return { keys: shown.map(keyView), next };
}

export function keyView(row: ApiKey): KeyView {
  return {
    keyId: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role as Role,
    scopes: row.scopes as Scope[],
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    expiresAt: isoOf(row.expiresAt),
    lastUsedAt: isoOf(row.lastUsedAt),
    revokedAt: isoOf(row.revokedAt),
  };
}

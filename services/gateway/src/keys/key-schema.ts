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
export const keysSchema = z.object({ keys: z.array(keySchema) }).meta({ id: 'ApiKeys' });
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

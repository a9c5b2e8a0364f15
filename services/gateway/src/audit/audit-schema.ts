import type { AuditEntry } from '@aura/database';
import { z } from 'zod';

const entry = z.object({
  at: z.iso.datetime(),
  who: z.string().meta({
    description: 'The prefix of a key, AURA_API_KEY, or this machine.',
    example: 'aura_3f9c21ab',
  }),
  role: z.string(),
  operation: z.string().meta({ description: 'operationId.', example: 'cancelJob' }),
  method: z.string(),
  path: z.string(),
  address: z.string().describe('Where the connection came from.'),
  correlationId: z.string(),
  status: z.int(),
  code: z.string().nullable().describe('Of the failure, where there was one.'),
});

export const auditSchema = z
  .object({
    entries: z.array(entry.meta({ id: 'AuditEntry' })),
    next: z.string().nullable().describe('The `cursor` of the page of older entries.'),
  })
  .meta({ id: 'AuditPage' });

export type AuditPage = z.output<typeof auditSchema>;

const whole = 'must be a whole number from 1 to 200';

export const auditQuery = z.strictObject({
  limit: z.coerce.number(whole).int(whole).min(1, whole).max(200, whole).default(50),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'must be the next of a page')
    .transform(BigInt)
    .optional(),
});

export type AuditQuery = z.output<typeof auditQuery>;

export function auditPage(rows: readonly AuditEntry[], limit: number): AuditPage {
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.id.toString() ?? null) : null;
  return {
    entries: shown.map(({ id: _id, tenantId: _tenant, at, ...entry_ }) => ({
      at: at.toISOString(),
      ...entry_,
    })),
    next,
  };
}

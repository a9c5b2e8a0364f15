import { z } from 'zod';
import { HEALTH_VALUES } from './readiness.js';

const value = z.enum(HEALTH_VALUES);
const names = ['Startup', 'Database', 'Dependencies', 'DiskSpace', 'Memory', 'Providers'] as const;
type CheckName = (typeof names)[number];

function perCheck<T extends z.ZodType>(schema: T): z.ZodObject<Record<CheckName, T>> {
  return z.object(Object.fromEntries(names.map((name) => [name, schema])) as Record<CheckName, T>);
}

export const readinessSchema = z
  .object({
    status: value,
    checks: perCheck(value),
    details: perCheck(z.string()),
  })
  .meta({ id: 'Readiness' });

export type Readiness = z.output<typeof readinessSchema>;

export const livenessSchema = z.object({ status: z.literal('Healthy') }).meta({ id: 'Liveness' });

import { STAGES } from '@aura/proto';
import { z } from 'zod';

const stage = z.enum(STAGES.map(({ title }) => title));

export const providerSchema = z
  .object({
    name: z.string().describe('The name that `options.providers` of a job takes.'),
    stage,
    kind: z.string().meta({ example: 'language-model' }),
    gives: z.string().describe('One line: what it makes.'),
    remote: z.boolean().describe('True: work goes to machines of others.'),
    alsoAt: z
      .array(stage)
      .describe('Other stages at which the same credential works, each with an entry of its own.'),
    status: z
      .enum(['available', 'unavailable', 'not-configured'])
      .describe('Whether a job that begins now would use it.'),
    code: z.string().nullable().meta({ example: 'MissingApiKey:OPENAI_API_KEY' }),
    reason: z.string().nullable().describe('Why it is not available.'),
    languages: z.array(z.string()).describe('BCP 47 prefixes; empty for any.'),
    models: z.array(z.string()),
    breaker: z
      .enum(['closed', 'half-open', 'open'])
      .describe('Open after five failures in a row: left alone for a minute.'),
    calls: z.int().describe('Since the workers began.'),
    failures: z.int().describe('Calls that failed by the fault of the provider.'),
    errorRate: z.number().min(0).max(1).nullable().describe('Null where nothing was called.'),
    lastError: z.object({ code: z.string(), at: z.iso.datetime() }).nullable(),
    workers: z.int().describe('How many workers can use it now.'),
  })
  .meta({ id: 'Provider' });

export const providersSchema = z
  .object({ providers: z.array(providerSchema) })
  .meta({ id: 'Providers' });

export const modelsSchema = z
  .object({ provider: z.string(), models: z.array(z.string()) })
  .meta({ id: 'ProviderModels' });

export type ProviderView = z.output<typeof providerSchema>;
export type ProvidersAnswer = z.output<typeof providersSchema>;
export type ModelsAnswer = z.output<typeof modelsSchema>;

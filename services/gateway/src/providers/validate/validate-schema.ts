import { z } from 'zod';
import { text } from '../../videos/text.js';

const MAX_KEY_LENGTH = 4_096;

const configuration = z
  .strictObject(
    {
      apiKey: z
        .string('must be a text')
        .max(MAX_KEY_LENGTH, 'is longer than any key')
        .nullish()
        .describe(
          'Used for this one call, and neither kept nor logged. `user:password` for AUTOMATIC1111.',
        ),
      baseUrl: text(2_048)
        .nullish()
        .describe(
          'The vendor’s own, or the configured one, where absent. Addresses that are not public are taken for servers of one’s own only, and only by a gateway that serves its own machine.',
        ),
      model: text(200).nullish().describe('A model (a voice with Piper) that is to be there.'),
    },
    'must be an object',
  )
  .meta({ id: 'ProviderConfigurationRequest' });

/** The body of `POST /api/providers/validate-enhanced`. Null means absent; a member that is not listed is refused. */
export const validateRequest = z
  .strictObject(
    {
      provider: text(80).describe(
        'A name of GET /api/providers, however it is spelled; `windows` and `local` are answered as the voices of this machine.',
      ),
      configuration: configuration.nullish(),
    },
    'must be a JSON object',
  )
  .meta({
    id: 'ProviderValidationRequest',
    example: { provider: 'ollama', configuration: { model: 'llama3.1:8b' } },
  });

const fieldStatus = z.enum(['Valid', 'Invalid', 'Missing', 'NotNeeded', 'NotChecked']);

export const validationSchema = z
  .object({
    isValid: z.boolean(),
    status: z
      .enum(['Valid', 'Invalid', 'NotChecked'])
      .describe('NotChecked: nobody answered, or nothing that tells. Try again.'),
    provider: z.string().describe('Its name in GET /api/providers.'),
    message: z.string(),
    fieldErrors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
    fieldValidationStatus: z.object({
      apiKey: fieldStatus,
      baseUrl: fieldStatus,
      model: fieldStatus,
    }),
    reachable: z.boolean().nullable().describe('Null where nobody has told yet.'),
    models: z.array(z.string()).describe('At most 1,000 names.'),
    correlationId: z.string(),
  })
  .meta({ id: 'ProviderValidation' });

export type ValidateRequest = z.output<typeof validateRequest>;
export type Validation = z.output<typeof validationSchema>;
export type FieldName = keyof Validation['fieldValidationStatus'];

import { z } from 'zod';
import { invalidInput } from '../problem/invalid-input.js';
import { generateRequest, type GenerateRequest } from '../videos/generate-request.js';
import { sampleOf } from '../samples/sample-film.js';
import { preset, type PresetName } from '../videos/making-options.js';
import { languageTag, text } from '../videos/text.js';
import { tags } from './tags.js';

const { brief: _, ...inputs } = generateRequest.shape;

const briefObject = z
  .strictObject({
    text: text(100_000),
    style: text(60).nullish(),
    audience: text(200).nullish(),
    language: languageTag().nullish(),
  })
  .meta({ id: 'BriefRequest' });

/** The body of `POST /api/jobs`. Null means absent, or, beside `fromJob`, taken away. */
export const createJobRequest = z
  .strictObject(
    {
      fromJob: z
        .uuid('must be the id of a job')
        .nullish()
        .describe(
          'A new job with the inputs of this one. What else is given is merged into them (RFC 7396).',
        ),
      brief: z
        .union([text(100_000), briefObject], 'must be a text, or an object with a text')
        .nullish()
        .describe('A topic, a request, an outline or a full text.'),
      preset,
      tags: tags.nullish(),
      ...inputs,
    },
    'must be a JSON object',
  )
  .meta({
    id: 'CreateJobRequest',
    example: { brief: 'Why the sea is salty', tags: ['sea'], options: { quality: 'draft' } },
  });

export type CreateJobRequest = z.output<typeof createJobRequest>;

/** Whether it wants anything else than a job has been given already; tags only file it. */
export function hasOverrides({ fromJob: _from, tags: _tags, ...rest }: CreateJobRequest): boolean {
  return Object.values(rest).some((value) => value !== undefined);
}

/**
 * What is asked for, as a request to generate: with the inputs of `base`, where there are any, and with a sample for
 * a preset that has nothing to tell of. Pure. Errors: InvalidInput.
 */
export function generateRequestOf(
  { fromJob: _from, brief, preset: named, tags: filed, ...inputs }: CreateJobRequest,
  base?: object,
): GenerateRequest {
  const told = typeof brief === 'object' && brief !== null ? brief : undefined;
  const options = {
    ...(told?.audience == null ? {} : { audience: told.audience }),
    ...(told?.language == null ? {} : { language: told.language }),
    ...(named == null ? {} : { preset: named }),
    ...(filed == null ? {} : { tags: filed }),
    ...inputs.options,
  };
  const wish = {
    ...(brief === undefined ? {} : { brief: told ? told.text : brief }),
    ...(told?.style == null ? {} : { style: told.style }),
    ...inputs,
    ...(inputs.options !== null && Object.keys(options).length > 0 ? { options } : {}),
  };
  const merged = base ? mergePatch(base, wish) : wish;
  const checked = generateRequest.safeParse(withSample(merged, named));
  if (!checked.success) throw invalidInput(checked.error.issues);
  return checked.data;
}

function withSample(request: object, named: PresetName | null | undefined): object {
  const isTold = ['brief', 'script', 'timeline', 'documents'].some(
    (name) => Reflect.get(request, name) != null,
  );
  return named != null && !isTold ? { ...request, ...sampleOf(named) } : request;
}

/** RFC 7396: members are replaced one by one, null takes one away, lists are replaced as a whole. */
export function mergePatch(target: unknown, patch: unknown): object {
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch as object)) {
    if (value === undefined) continue;
    if (value === null) merged.delete(name);
    else merged.set(name, isObject(value) ? mergePatch(merged.get(name), value) : value);
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

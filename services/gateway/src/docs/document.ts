import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { describeRepetition } from './repetition.js';
import { problemSchema } from '../problem/problem.js';
import { VIDEO_PATHS } from '../videos/video-routes.js';

/** Every route of the app, aliases included, as OpenAPI 3.0 from the schemas that requests are checked with. */
export function describeRoutes(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Aura')
    .setDescription(
      'Turns a written brief into a narrated video, and never loses the work. ' +
        'Errors are problems after RFC 9457; their codes are explained at /docs/errors. ' +
        'Send X-Correlation-ID to find a request again in answers, logs and workflows. ' +
        'A key is needed where the server has one (AURA_API_KEY) or serves holders of keys alone (AURA_ACCESS=keys).',
    )
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'A key of `POST /api/keys`, or the value of AURA_API_KEY.',
    })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, head);
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, ...componentsOf() };
  describeRepetition(document);
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    relax(schema, !/^Generate|Request$/.test(name));
  }
  return document;
}

/** The document that is published: one spelling of each resource. */
export function withoutAliases(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).filter(
    ([path]) => !path.startsWith(`${VIDEO_PATHS.alias}/`),
  );
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Problems are referred to by many routes and belong to none. */
function componentsOf(): NonNullable<NonNullable<OpenAPIObject['components']>['schemas']> {
  const { $schema: _, ...schema } = problemSchema['~standard'].jsonSchema.output({
    target: 'openapi-3.0',
  });
  const { Problem } = (schema['definitions'] ?? {}) as Record<string, object>;
  return { Problem: Problem ?? schema };
}

/**
 * Says what is meant, not how it is checked: a whole number is no promise about its size, and answers may
 * gain members, so only requests are closed.
 */
function relax(schema: unknown, isAnswer: boolean): void {
  if (typeof schema !== 'object' || schema === null) return;
  const members = schema as Record<string, unknown>;
  if (members['minimum'] === Number.MIN_SAFE_INTEGER) delete members['minimum'];
  if (members['maximum'] === Number.MAX_SAFE_INTEGER) delete members['maximum'];
  if (isAnswer && members['additionalProperties'] === false) delete members['additionalProperties'];
  if (members['format'] === 'uuid' || members['format'] === 'date-time') delete members['pattern'];
  for (const member of Object.values(members)) relax(member, isAnswer);
}

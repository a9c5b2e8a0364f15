import { ACTIONS, actionsOf, type ActionName, type Failure } from '@aura/failure';
import { z } from 'zod';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export const fieldErrorSchema = z.object({
  field: z.string().meta({ description: 'Path of the member.', example: 'options.aspect' }),
  message: z.string(),
});

const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];

export const actionSchema = z
  .object({
    name: z.string().meta({ description: 'More may come.', examples: ACTION_NAMES }),
    title: z.string().meta({ description: 'For a button.' }),
    operation: z
      .string()
      .nullable()
      .meta({ description: 'The operationId that does it; null for what a client does itself.' }),
  })
  .meta({ id: 'Action' });

/** RFC 9457 with Aura's extensions: the public form of every failure that meets a request. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'Where the code is explained.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'Path of the request.' }),
    code: z.string().meta({ example: 'InvalidInput:durationMinutes' }),
    remediation: z.string(),
    actions: z.array(actionSchema).meta({ description: 'What a client can offer.' }),
    correlationId: z.string().meta({ description: 'Name it when you ask for help.' }),
    errors: z.array(fieldErrorSchema).optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;

/** A failure as the public sees it: nothing of `details`, `cause` or the stack. */
export function toProblem(
  failure: Failure,
  request: { path: string; correlationId: string },
): Problem {
  const { title, status } = failure.entry;
  return {
    type: problemType(failure.code),
    title,
    status,
    detail: failure.message,
    instance: request.path.slice(0, 200),
    code: failure.code,
    remediation: failure.remediation,
    actions: actionsOf(failure.code, 'request'),
    correlationId: request.correlationId,
    ...(failure.fields.length > 0 ? { errors: failure.fields } : {}),
  };
}

/** `InvalidInput:brief` is explained under `InvalidInput`. */
export function problemType(code: string): string {
  return `/docs/errors#${code.split(':', 1)[0]}`;
}

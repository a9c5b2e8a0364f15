import { createHash } from 'node:crypto';
import {
  applyDecorators,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';

/** Members that change with the clock alone: whoever has the rest has the news. */
const FLEETING = ['etaSeconds'];

/** The tag of a view: equal for equal views, whoever asks and at whichever gateway. Pure. */
export function entityTag(view: object): string {
  const lasting = Object.entries(view).filter(([name]) => !FLEETING.includes(name));
  const hash = createHash('sha256').update(JSON.stringify(lasting)).digest('base64url');
  return `"${hash.slice(0, 22)}"`;
}

/** Whether an `If-Match` or `If-None-Match` names a tag; a proxy that compresses may have weakened it. Pure. */
export function namesTag(header: string, tag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

class Tagging implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    // Express answers 304 by itself to who has it already.
    return next.handle().pipe(tap((view: object) => response.setHeader('ETag', entityTag(view))));
  }
}

/** Gives what a route answers a tag (`ETag`): with it in `If-None-Match` it is sent again only once it has changed. */
export function Tagged(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(new Tagging()),
    ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string' } }),
    ApiResponse({ status: 304, description: 'It is what its ETag in If-None-Match says.' }),
  );
}

/** Describes a route that does what it is asked for only to a job that is as its ETag says. */
export function ApiIfMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag of the job: refused (JobChanged) where the job is not that any more.',
    schema: { type: 'string' },
  });
}

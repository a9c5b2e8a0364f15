import { expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import {
  BadRequestException,
  InternalServerErrorException,
  NotFoundException,
} from '@nestjs/common';
import { failureOf } from './failure-of.js';
import { toProblem } from './problem.js';

const codeOf = (error: unknown) => failureOf(error).code;

test('a failure stays what it is', () => {
  const failure = new Failure('JobNotFound', 'There is no job with this id.');
  expect(failureOf(failure)).toBe(failure);
});

test('what Nest, Express and its body parser refuse has a code of ours', () => {
  expect(codeOf(new NotFoundException('Cannot GET /x'))).toBe('RouteNotFound');
  expect(codeOf(new BadRequestException('Failed to decode param'))).toBe('InvalidInput:request');
  expect(codeOf(Object.assign(new Error('x'), { status: 413 }))).toBe('PayloadTooLarge');
  expect(codeOf(Object.assign(new Error('x'), { status: 415 }))).toBe('UnsupportedMediaType');
});

test('a database that is away is no fault of the request', () => {
  const away = [
    Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('x'), { code: 'P1001' }),
    new Error('Connection terminated unexpectedly'),
    new Error('x', { cause: Object.assign(new Error('y'), { code: '57P01' }) }),
  ];
  for (const error of away) expect(codeOf(error)).toBe('DatabaseUnavailable');
});

test('what nobody foresaw is an internal error that tells nothing of its inside', () => {
  const secrets = [
    new Error('password=hunter2 at /srv/aura/x.ts'),
    new InternalServerErrorException('password=hunter2'),
    'password=hunter2',
    { password: 'hunter2' },
    undefined,
    null,
  ];
  for (const secret of secrets) {
    const failure = failureOf(secret);
    const problem = toProblem(failure, { path: '/p', correlationId: 'c' });
    expect([problem.code, problem.status]).toEqual(['InternalError', 500]);
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|srv|stack/);
    expect(failure.cause).toBe(secret);
  }
});

import { expect, test } from 'vitest';
import { CODES, entryOf } from './codes.js';
import { Failure } from './failure.js';
import { describeCauses, toFailure } from './map-error.js';

const errno = (code: string) => Object.assign(new Error(`${code}: not for users`), { code });

test('a Failure passes through unchanged', () => {
  const failure = new Failure('JobNotFound', 'There is no such job.');
  expect(toFailure(failure)).toBe(failure);
});

test.each([
  ['ENOSPC', 'OutOfDiskSpace'],
  ['EDQUOT', 'OutOfDiskSpace'],
  ['EROFS', 'OutputDirectoryNotWritable'],
  ['EACCES', 'OutputDirectoryNotWritable'],
  ['EPERM', 'OutputDirectoryNotWritable'],
  ['ENOTDIR', 'OutputDirectoryNotWritable'],
  ['EBUSY', 'OutputDirectoryNotWritable'],
  ['EIO', 'OutputDirectoryNotWritable'],
  ['EMFILE', 'InsufficientMemory'],
  ['EAGAIN', 'InsufficientMemory'],
  ['ENOMEM', 'InsufficientMemory'],
  ['ECONNREFUSED', 'TransientNetworkFailure'],
  ['ECONNRESET', 'TransientNetworkFailure'],
  ['ETIMEDOUT', 'TransientNetworkFailure'],
  ['EAI_AGAIN', 'TransientNetworkFailure'],
])('what the system calls %s is %s, without its own words', (code, expected) => {
  const failure = toFailure(errno(code));
  expect(failure.code).toBe(expected);
  expect(failure.message).not.toContain('not for users');
  expect(failure.cause).toBeInstanceOf(Error);
});

test('what may pass by itself is tried again: a busy disk, too many open files', () => {
  for (const code of ['EBUSY', 'EIO', 'ESTALE', 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM']) {
    expect([code, toFailure(errno(code)).retryable]).toEqual([code, true]);
  }
  expect(toFailure(errno('EROFS')).retryable).toBe(false);
});

test.each([[new TypeError('x is not a function')], ['a thrown string'], [undefined], [null], [42]])(
  'anything else is an InternalError that gives nothing away (%p)',
  (thrown) => {
    const failure = toFailure(thrown);
    expect(failure.code).toBe('InternalError');
    expect(failure.message).toBe('Something went wrong inside Aura.');
    expect(failure.entry.retryable).toBe(false);
  },
);

test('a code with a parameter finds its row; an unknown code is an InternalError', () => {
  expect(entryOf('StepTimeout:narration')).toBe(CODES['StepTimeout:']);
  expect(entryOf('NoSuchCode')).toBe(CODES.InternalError);
});

test('operators see the whole chain of causes, bounded', () => {
  const text = describeCauses(
    new Failure('VoiceFailed', 'outer', {
      details: 'stderr tail',
      cause: new Error('inner', { cause: errno('EIO') }),
    }),
  );
  expect(text).toBe('Failure: outer\nstderr tail\nError: inner\nError: EIO: not for users');
  expect(describeCauses(new Error('x'.repeat(10_000))).length).toBeLessThanOrEqual(4_000);
});

test('every row of the table says what to do, and failures of the machine never blame the caller', () => {
  for (const [code, entry] of Object.entries(CODES)) {
    expect([code, entry.remediation.length > 10, entry.cause.endsWith('.')]).toEqual([
      code,
      true,
      true,
    ]);
    expect([code, entry.status < 500]).toEqual([code, entry.fault === 'caller']);
  }
});

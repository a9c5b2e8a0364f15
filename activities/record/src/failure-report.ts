import { entryOf } from '@aura/failure';
import type { FailureReport, JobRef } from '@aura/proto';
import { cut, FAILURE_CHARACTERS } from './cut.js';

/** What everybody may read of a failure: all but its details, which are for operators. */
export function publicReport(failure: FailureReport): FailureReport {
  return {
    ...failure,
    message: cut(failure.message, FAILURE_CHARACTERS),
    remediation: cut(failure.remediation, FAILURE_CHARACTERS),
    details: '',
  };
}

/** A failure that the record finds itself; remediation and fault are the table's. */
export function failureOf(
  code: string,
  { message, details = '' }: { message: string; details?: string },
  { correlationId }: Pick<JobRef, 'correlationId'>,
): FailureReport {
  const { remediation, fault } = entryOf(code);
  const place = { stage: '', step: '', sceneId: '' };
  return { code, message, remediation, details, fault, correlationId, ...place };
}

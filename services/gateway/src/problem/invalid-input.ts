import { Failure } from '@aura/failure';
import { fieldErrors, type SchemaIssue } from './fields.js';

/** What a schema found wrong with a request as one failure. */
export function invalidInput(issues: readonly SchemaIssue[]): Failure {
  const fields = fieldErrors(issues);
  const [first] = fields;
  if (!first) return new Failure('InvalidInput:body', 'The request is not valid.');
  const others = fields.length > 1 ? ` ${fields.length - 1} more of its fields are wrong.` : '';
  const message = `${first.field} ${first.message}.${others}`;
  return new Failure(`InvalidInput:${first.field}`, message, { fields });
}

import { JOB_STATES } from '@aura/proto';
import { z } from 'zod';
import { text } from '../videos/text.js';
import { tag } from './tags.js';

const MOST_AT_ONCE = 100;
const LIMIT_MESSAGE = `must be a whole number from 1 to ${MOST_AT_ONCE}`;

/** Where a page ends, of jobs in one of their two orders. */
export interface Cursor {
  createdAt: Date;
  id: string;
}

const SORTS = ['newest', 'oldest'] as const;
export type Sort = (typeof SORTS)[number];

const moment = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
  .transform((value) => new Date(value));

const state = z.enum(JOB_STATES, `must be one or several of ${JOB_STATES.join(', ')}`);

export const listQuery = z
  .strictObject({
    limit: z.coerce
      .number(LIMIT_MESSAGE)
      .int(LIMIT_MESSAGE)
      .min(1, LIMIT_MESSAGE)
      .max(MOST_AT_ONCE, LIMIT_MESSAGE)
      .default(50),
    cursor: z.string('must be the `next` of an earlier page').optional(),
    state: severalOf(state).optional(),
    tag: severalOf(tag).optional(),
    createdAfter: moment.optional(),
    createdBefore: moment.optional(),
    q: text(200).optional(),
    sort: z.enum(SORTS, 'must be newest or oldest').default('newest'),
  })
  .transform(({ cursor, ...query }, context) => {
    const at = cursor === undefined ? undefined : readCursor(cursor, query.sort);
    if (cursor === undefined || at) return { ...query, at };
    context.addIssue({
      code: 'custom',
      path: ['cursor'],
      message: 'must be the `next` of an earlier page of the same order',
    });
    return z.NEVER;
  });

export type ListQuery = z.output<typeof listQuery>;

export function writeCursor({ createdAt, id }: Cursor, sort: Sort): string {
  return Buffer.from(JSON.stringify([sort, createdAt.getTime(), id])).toString('base64url');
}

/** Undefined for what no page has given, or one in another order. */
export function readCursor(cursor: string, sort: Sort): Cursor | undefined {
  try {
    const [order, time, id] = cursorShape.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    return order === sort ? { createdAt: new Date(time), id } : undefined;
  } catch {
    return undefined;
  }
}

/** Until the year 9999, which is as far as the dates of answers go. */
const cursorShape = z.tuple([z.enum(SORTS), z.int().min(0).max(253_402_300_799_999), z.uuid()]);

/** `a,b` and `a&x=b` mean the same. */
function severalOf<T extends z.ZodType<unknown, string>>(one: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [...new Set([given].flat().flatMap((part) => part.split(',')))])
    .pipe(z.array(one).min(1).max(20, 'must be at most 20'));
}

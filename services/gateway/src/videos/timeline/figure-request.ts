import type { Figure } from '@aura/proto';
import { z } from 'zod';
import { text } from '../text.js';
import { oneOf } from '../style/values.js';

const KINDS = [
  'count',
  'bars',
  'line',
  'timeline',
  'comparison',
  'steps',
  'list',
  'quote',
] as const;

/** How many items each kind shows. */
const MOST: Record<(typeof KINDS)[number], number> = {
  count: 1,
  bars: 8,
  line: 8,
  timeline: 8,
  comparison: 2,
  steps: 8,
  list: 8,
  quote: 1,
};

const item = z.strictObject(
  {
    label: text(60).nullish(),
    value: z.number('must be a number').min(-1e15).max(1e15).nullish(),
    text: text(300).nullish(),
  },
  'must be an object',
);

/** Data that are drawn as a picture which builds itself up. */
export const figure = z
  .strictObject(
    {
      kind: oneOf(KINDS),
      title: text(120).nullish(),
      unit: text(20).nullish().describe('What the values are counted in.'),
      source: text(120).nullish().describe('Where the data come from.'),
      items: z.array(item, 'must be a list').min(1, 'must have at least 1 entry'),
    },
    'must be an object',
  )
  .superRefine(({ kind, items }, context) => {
    for (const [at, problem] of items.map((one) => itemProblem(kind, one)).entries()) {
      if (problem)
        context.addIssue({
          code: 'custom',
          path: ['items', at, ...problem.path],
          message: problem.message,
        });
    }
    if (items.length <= MOST[kind] && (kind !== 'comparison' || items.length === 2)) return;
    const message = `must have ${kind === 'comparison' ? '' : 'at most '}${MOST[kind]} for ${kind}`;
    context.addIssue({ code: 'custom', path: ['items'], message });
  })
  .meta({ id: 'GenerateFigure' });

/** What cannot be drawn: a bar of no length, a step that nobody can read. */
function itemProblem(
  kind: (typeof KINDS)[number],
  { label, value, text: words }: z.output<typeof item>,
): { path: string[]; message: string } | undefined {
  const isMeasured = kind === 'count' || kind === 'bars' || kind === 'line';
  if (isMeasured && value == null) return { path: ['value'], message: `must be given for ${kind}` };
  if (kind === 'quote' && !words?.trim()) return { path: ['text'], message: 'must hold the words' };
  if (isMeasured || label?.trim() || words?.trim()) return undefined;
  return { path: ['label'], message: 'must be given where there is no text' };
}

export function figureFrom({ kind, title, unit, source, items }: z.output<typeof figure>): Figure {
  return {
    kind,
    title: title ?? '',
    unit: unit ?? '',
    source: source ?? '',
    items: items.map(({ label, value, text: words }) => {
      return { label: label ?? '', value: value ?? 0, text: words ?? '' };
    }),
  };
}

import type { OptionalBeat } from '../film/beat.js';
import type { Seeded } from '../seeded.js';

/** Orders in which the parts of a subject can be told; the film takes one by its topic. */
const ORDERS = [
  'wording parts kinds instances terms neighbours siblings wholes sense',
  'sense kinds instances parts terms wording siblings wholes neighbours',
  'siblings wholes kinds instances sense parts terms neighbours wording',
  'wording terms neighbours sense parts wholes kinds instances siblings',
  'instances kinds neighbours terms sense parts wholes wording siblings',
  'parts wholes wording kinds instances siblings sense terms neighbours',
].map((order) => order.split(' '));

/** Puts the chosen beats into an order: subject by subject, part by part, quotes in between, questions last. */
export function arranged(beats: readonly OptionalBeat[], seeded: Seeded): OptionalBeat[] {
  const order = ORDERS[Math.floor(seeded.share('order') * ORDERS.length)] ?? ORDERS[0]!;
  const place = ({ section }: OptionalBeat): number => {
    const part = section.split('/')[1] ?? section;
    if (section.startsWith('?')) return Number(part);
    if (part === 'definition') return -1;
    const quote = /^quote-(\d+)$/.exec(part);
    return quote ? 1.5 + 2 * Number(quote[1]) : order.indexOf(part.replace(/-\d+$/, ''));
  };
  const subjects = [...new Set(beats.map(subjectOf))];
  return beats
    .map((beat, at) => ({ beat, at }))
    .toSorted(
      (a, b) =>
        Number(isQuestion(a.beat)) - Number(isQuestion(b.beat)) ||
        subjects.indexOf(subjectOf(a.beat)) - subjects.indexOf(subjectOf(b.beat)) ||
        place(a.beat) - place(b.beat) ||
        (isQuestion(a.beat) ? 0 : b.beat.priority - a.beat.priority) ||
        a.at - b.at,
    )
    .map(({ beat }) => beat);
}

function subjectOf({ section }: OptionalBeat): string {
  return section.split('/')[0] ?? '';
}

function isQuestion({ section }: OptionalBeat): boolean {
  return section.startsWith('?');
}

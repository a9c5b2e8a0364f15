import { centred, mirrored, type Element } from '../layout/elements.js';
import type { Box } from '../look/canvas.js';

/** What comes into a figure at one moment and in one way. */
export interface FigurePart {
  /** What is drawn; more than one are shown one after the other, and the last one stays. */
  states: [Element[], ...Element[][]];
  enter: Entrance;
  /** Parts come in the order of their steps, those of one step together. From 0. */
  step: number;
  /** Stands as it is also for readers who begin at the right: diagrams over time, for example. */
  fixed?: boolean;
}

/** fade: out of nothing; rise: up into place; count: state after state; grow: uncovered from an edge on. */
export type Entrance =
  'fade' | 'rise' | 'count' | `grow-from-${'left' | 'right' | 'top' | 'bottom'}`;

export function part(
  step: number,
  enter: Entrance,
  ...elements: (Element | undefined)[]
): FigurePart {
  return { states: [elements.filter((one) => one !== undefined)], enter, step };
}

/** The same parts for readers who begin at the right edge. */
export function mirroredParts(parts: FigurePart[], widthPx: number): FigurePart[] {
  const turned: Partial<Record<Entrance, Entrance>> = {
    'grow-from-left': 'grow-from-right',
    'grow-from-right': 'grow-from-left',
  };
  return parts.map((one) =>
    one.fixed
      ? one
      : {
          ...withElements(one, (elements) => mirrored(elements, widthPx)),
          enter: turned[one.enter] ?? one.enter,
        },
  );
}

/** Moves parts down so that what they show stands a little above the middle of a room. */
export function centredParts(parts: FigurePart[], room: Box, contentHeight: number): FigurePart[] {
  return parts.map((one) =>
    withElements(one, (elements) => centred(elements, room, contentHeight)),
  );
}

function withElements(one: FigurePart, change: (elements: Element[]) => Element[]): FigurePart {
  const [first, ...others] = one.states;
  return { ...one, states: [change(first), ...others.map(change)] };
}

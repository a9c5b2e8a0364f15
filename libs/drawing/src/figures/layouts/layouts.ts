import type { FigureKind } from '../figure-content.js';
import { barsLayout } from './bars.js';
import { comparisonLayout } from './comparison.js';
import { countLayout } from './count.js';
import type { FigureLayout } from './figure-layout.js';
import { itemColumns } from './item-columns.js';
import { itemRows } from './item-rows.js';
import { lineLayout } from './line.js';
import { quoteLayout } from './quote.js';

export const FIGURE_LAYOUTS: Record<FigureKind, FigureLayout> = {
  count: countLayout,
  bars: barsLayout,
  line: lineLayout,
  timeline: (request) => itemColumns(request, 'timeline') ?? itemRows(request, 'timeline'),
  comparison: comparisonLayout,
  steps: (request) => itemColumns(request, 'steps') ?? itemRows(request, 'steps'),
  list: (request) => itemRows(request, 'list'),
  quote: quoteLayout,
};

import type { CardKind } from '../card-content.js';
import { closingLayout } from './closing.js';
import type { Layout } from './layout.js';
import { listLayout } from './list.js';
import { numberLayout } from './number.js';
import { quoteLayout } from './quote.js';
import { statementLayout } from './statement.js';
import { titleLayout } from './title.js';

export const LAYOUTS: Record<CardKind, Layout> = {
  title: titleLayout,
  statement: statementLayout,
  list: listLayout,
  number: numberLayout,
  quote: quoteLayout,
  closing: closingLayout,
};

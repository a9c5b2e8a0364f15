import { parse, type DefaultTreeAdapterMap } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];

/** What no reader sees, or sees beside the text. */
const LEFT_OUT = new Set(
  'script style noscript template head nav header footer aside form svg math iframe object select button figure table h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);
const BLOCKS = new Set(
  'p div li ul ol dl dt dd section article main blockquote pre br hr td tr'.split(' '),
);

/** The running text of a page, a line for each block. In linear time and without recursion, however deep it is nested. */
export function htmlText(html: string): string {
  const parts: string[] = [];
  const left: (Node | string)[] = [parse(html)];
  while (left.length > 0) {
    const node = left.pop()!;
    if (typeof node === 'string') {
      parts.push(node);
    } else if (node.nodeName === '#text') {
      parts.push('value' in node ? node.value.replaceAll(/\s+/g, ' ') : '');
    } else if (!LEFT_OUT.has(node.nodeName) && 'childNodes' in node) {
      const line = BLOCKS.has(node.nodeName) ? '\n\n' : '';
      if (line !== '') left.push(line);
      for (let at = node.childNodes.length - 1; at >= 0; at -= 1) left.push(node.childNodes[at]!);
      if (line !== '') parts.push(line);
    }
  }
  return parts.join('');
}

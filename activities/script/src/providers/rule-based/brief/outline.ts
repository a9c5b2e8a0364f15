import type { Point } from './brief-forms.js';

const BULLET =
  /^(?<indent> *)(?:[-*•‣▪◦–—·]|\(?\d{1,2}[.):]|\(?[a-zA-Z][.)]|[①-⑳])\s+(?<text>\S.*)$/u;

/** A line of a brief and what it looks like. */
export interface Line {
  text: string;
  kind: 'blank' | 'heading' | 'bullet' | 'sub-bullet' | 'text';
}

/** Looks at each line on its own. A bullet that stands deeper than the first one is a sub-bullet. */
export function linesOf(text: string, rawIndents: (line: number) => number): Line[] {
  let top: number | undefined;
  return text.split('\n').map((line, at): Line => {
    if (line.trim() === '') return { text: '', kind: 'blank' };
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(line);
    if (heading) return { text: heading[1] ?? '', kind: 'heading' };
    const bullet = BULLET.exec(line);
    if (!bullet?.groups) return { text: line.trim(), kind: 'text' };
    const indent = rawIndents(at);
    top ??= indent;
    return {
      text: (bullet.groups.text ?? '').trim(),
      kind: indent > top ? 'sub-bullet' : 'bullet',
    };
  });
}

/** The points that bullets make, with sub-bullets and the plain lines below them as details. */
export function pointsOf(lines: readonly Line[]): Point[] {
  const points: Point[] = [];
  for (const { text, kind } of lines) {
    const open = points.at(-1);
    if (kind === 'bullet') points.push({ text, details: [] });
    else if (kind !== 'blank' && kind !== 'heading' && open) open.details.push(text);
  }
  return points;
}

/** "How to brew coffee: grind the beans; heat the water; pour" in one line. */
export function inlineOutline(text: string): { title: string; points: Point[] } | undefined {
  if (text.includes('\n') || text.length > 1_200) return undefined;
  const colon = /^(.{3,100}?)(?::\s+|：\s*)(.+)$/u.exec(text);
  const title = colon?.[1]?.trim() ?? '';
  const body = colon?.[2] ?? text;
  const parts = body
    .split(/[;；]\s*/u)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length >= 3 || (colon && parts.length === 2)) return made(title, parts);
  if (!colon) return undefined;
  const items = body
    .replace(/[.。]$/u, '')
    .replace(/(,\s+\S.*?)\s+(?:and|und|et|y|e|i|и|en|ve)\s+(?=\S+(?:\s\S+){0,3}$)/u, '$1, ')
    .split(/(?:,\s+(?:and\s+|und\s+|et\s+|y\s+|e\s+)?|、|，)/u)
    .map((item) => item.trim());
  const short = items.every((item) => item.length >= 2 && item.split(' ').length <= 6);
  return items.length >= 3 && short ? made(title, items) : undefined;
}

function made(title: string, parts: string[]): { title: string; points: Point[] } | undefined {
  const points = parts.map((part) => ({ text: part.replace(/[.;。]+$/u, ''), details: [] }));
  return points.every(({ text }) => text.length <= 240) ? { title, points } : undefined;
}

import type { Line } from './break-lines.js';
import type { FontFace, InkBox } from './font-face.js';
import type { Run } from './shaped-text.js';

export interface PlacedGlyph {
  face: FontFace;
  id: number;
  x: number;
  y: number;
  stressed: boolean;
}

/** A line in visual order. All in em; x from the line's origin to the right, y upwards from its baseline. */
export interface PlacedLine {
  glyphs: PlacedGlyph[];
  ink: InkBox;
}

/** Orders a line's runs for the eye (Unicode Bidirectional Algorithm, rule L2) and finds where its ink is. */
export function placeLine(line: Line, rtl: boolean): PlacedLine {
  const base = Number(rtl);
  const runs: (Run | { width: number; level: number })[] = line.words.flatMap((word, at) =>
    at < line.words.length - 1 && word.space > 0
      ? [...word.runs, { width: word.space, level: word.spaceLevel }]
      : word.runs,
  );
  if (line.ends) runs.push({ ...line.ends, level: base });
  const glyphs: PlacedGlyph[] = [];
  let x = 0;
  for (const run of reorder(runs)) {
    if ('face' in run) {
      let pen = x;
      for (const glyph of run.glyphs) {
        const { face, stressed } = run;
        glyphs.push({ face, id: glyph.id, x: pen + glyph.x, y: glyph.y, stressed });
        pen += glyph.advance;
      }
    }
    x += run.width;
  }
  return { glyphs, ink: inkOf(glyphs) };
}

function reorder<T extends { level: number }>(runs: T[]): T[] {
  const ordered = [...runs];
  const levels = runs.map(({ level }) => level);
  const lowestOdd = Math.min(...levels.filter((level) => level % 2 === 1), 127);
  for (let level = Math.max(0, ...levels); level >= lowestOdd; level--) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end++;
      if (end > start)
        ordered.splice(start, end - start, ...ordered.slice(start, end).toReversed());
      start = Math.max(end, start + 1);
    }
  }
  return ordered;
}

function inkOf(glyphs: PlacedGlyph[]): InkBox {
  const ink = { left: Infinity, right: -Infinity, top: -Infinity, bottom: Infinity };
  for (const { face, id, x, y } of glyphs) {
    const box = face.ink(id);
    if (!box) continue;
    ink.left = Math.min(ink.left, x + box.left);
    ink.right = Math.max(ink.right, x + box.right);
    ink.top = Math.max(ink.top, y + box.top);
    ink.bottom = Math.min(ink.bottom, y + box.bottom);
  }
  return ink.right < ink.left ? { left: 0, right: 0, top: 0, bottom: 0 } : ink;
}

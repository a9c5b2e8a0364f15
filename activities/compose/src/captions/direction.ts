const RIGHT_TO_LEFT =
  /\p{Script=Hebr}|\p{Script=Arab}|\p{Script=Syrc}|\p{Script=Thaa}|\p{Script=Nkoo}/u;
const LETTER = /\p{L}/u;
const BRACKETS = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const MARKS = { ltr: '\u200e', rtl: '\u200f' };
type Direction = keyof typeof MARKS;

/**
 * Invisible marks that a line needs after some of its characters, by their places. libass orders lines as Unicode
 * says (UAX #9) but for pairs of brackets (rule N0): a bracket that closes beside words of the other direction would
 * be torn from what it closes, as in "(1850)" after a Latin name in a Hebrew line.
 */
export function directionMarks(line: string): Map<number, string> {
  const marks = new Map<number, string>();
  const base = directionOf(Array.from(line).find((character) => directionOf(character)) ?? '');
  if (!base || !RIGHT_TO_LEFT.test(line)) return marks;
  for (const { open, close } of pairsIn(line)) {
    const before = lastDirection(line.slice(0, open));
    if (!before || before === base) continue;
    const inside = Array.from(line.slice(open, close)).some(
      (character) => directionOf(character) === base,
    );
    if (!inside) marks.set(close, MARKS[before]);
  }
  return marks;
}

function directionOf(character: string): Direction | undefined {
  if (RIGHT_TO_LEFT.test(character)) return 'rtl';
  return LETTER.test(character) ? 'ltr' : undefined;
}

function lastDirection(text: string): Direction | undefined {
  return Array.from(text, directionOf).findLast((direction) => direction !== undefined);
}

function pairsIn(line: string): { open: number; close: number }[] {
  const pairs: { open: number; close: number }[] = [];
  const waiting: { open: number; closes: string }[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    const closes = BRACKETS.get(character);
    if (closes !== undefined) waiting.push({ open: at, closes });
    if (waiting.at(-1)?.closes !== character) continue;
    const opened = waiting.pop();
    if (opened) pairs.push({ open: opened.open, close: at });
  }
  return pairs;
}

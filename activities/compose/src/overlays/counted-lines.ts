import { numberText, type FittedText, type FontLibrary } from '@aura/drawing';
import { setLine, setLines, type LinesRoom } from './set-lines.js';

const STATES = 18;
const NUMBER = /\d+(?:[.,\u00a0\u202f ']\d+)*/u;

/** The lines of an overlay while the first number of the first line counts up to itself, which is not among them. */
export async function countedLines(
  lines: readonly string[],
  room: LinesRoom,
  fonts: FontLibrary,
): Promise<FittedText[][]> {
  const [first = '', ...others] = lines;
  const written = NUMBER.exec(first)?.[0];
  if (written === undefined) return [];
  const value = valueOf(written);
  const isGrouped = /\d[^\d]\d{3}(?!\d)/.test(written);
  const style = {
    language: room.language,
    unit: '',
    compact: 'short',
    values: [value],
    isGrouped,
  } as const;
  const below = await setLines(['.', ...others], room, fonts);
  const states: FittedText[][] = [];
  for (let at = 0; at < STATES; at++) {
    const rest = 1 - at / STATES;
    const now = first.replace(written, numberText(value * (1 - rest ** 3), style));
    const line = await setLine(now, { ...room, isFirst: true }, fonts);
    if (line) states.push([line, ...below.slice(1)]);
  }
  return states;
}

/** One or two digits after the last point or comma are decimals; all other signs group. Below a million, so that no word comes in. */
function valueOf(written: string): number {
  const decimals = /[.,](\d{1,2})$/.exec(written)?.[1] ?? '';
  const whole = written.slice(0, written.length - (decimals === '' ? 0 : decimals.length + 1));
  const value = Number(`${whole.replaceAll(/\D/g, '')}.${decimals || '0'}`);
  return Math.min(Number.isFinite(value) ? value : 0, 999_999);
}

import { clockOf, padded } from './clock.js';
import type { ShownLines } from './cues.js';

/**
 * The captions of a whole film as SubRip. Players of it know HTML-like tags and `{\…}` overrides, so what
 * could begin one is kept apart by an invisible character: the text shows literally.
 */
export function srtFile(cues: readonly ShownLines[]): string {
  return cues
    .map(
      ({ startMs, endMs, lines }, index) =>
        `${index + 1}\n${srtTime(startMs)} --> ${srtTime(endMs)}\n${lines.map(literal).join('\n')}\n`,
    )
    .join('\n');
}

const WORD_JOINER = '\u2060';

function literal(line: string): string {
  return line.replace(/[<{\\](?=\S)|--(?=>)/g, `$&${WORD_JOINER}`);
}

/** hh:mm:ss,mmm */
function srtTime(ms: number): string {
  const { hours, minutes, seconds, rest } = clockOf(Math.round(ms));
  return `${padded(hours)}:${padded(minutes)}:${padded(seconds)},${padded(rest, 3)}`;
}

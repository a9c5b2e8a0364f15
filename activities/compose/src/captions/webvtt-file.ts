import type { Position } from './caption-look.js';
import { clockOf, padded } from './clock.js';
import type { ShownLines } from './cues.js';

/** Where players put the lines: their own place is the lower edge. */
const SETTINGS: Record<Position, string> = { bottom: '', middle: ' line:45%', top: ' line:6%' };

/** Captions as WebVTT, which browsers show: text is escaped as its specification says, so that none of it is a tag. */
export function webVttFile(cues: readonly ShownLines[], position: Position = 'bottom'): string {
  const blocks = cues.map(({ startMs, endMs, lines }, index) =>
    [
      `${index + 1}`,
      `${vttTime(startMs)} --> ${vttTime(endMs)}${SETTINGS[position]}`,
      ...lines.map(escaped),
      '',
    ].join('\n'),
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(line: string): string {
  return line.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** hh:mm:ss.mmm */
function vttTime(ms: number): string {
  const { hours, minutes, seconds, rest } = clockOf(Math.round(ms));
  return `${padded(hours)}:${padded(minutes)}:${padded(seconds)}.${padded(rest, 3)}`;
}

import { numberWord } from '../english/words.js';
import type { Beat, OptionalBeat } from '../film/beat.js';

/** Fewer parts than this are not worth counting. */
export const FEWEST_PARTS = 3;

export interface Numbering {
  /** How many parts the brief asked for. */
  count: number | undefined;
  /** Names that keep their capital after a colon, besides those that a scene tells of. */
  names: readonly string[];
}

/** Listicles count their parts: each section is one, or, where a number was asked for, as many as that. */
export function numberedBeats(
  ordered: readonly OptionalBeat[],
  { count, names }: Numbering,
): Beat[] {
  const groups = count === undefined ? groupsOf(ordered) : regrouped(groupsOf(ordered), count);
  if (groups.length < FEWEST_PARTS) return ordered.map(({ beat }) => beat);
  return groups.flatMap((group, at) =>
    group.map((beat, inside) => (inside === 0 ? numbered(beat, at + 1, names) : beat)),
  );
}

/** How many numbered parts these beats have. */
export function partsIn(beats: readonly Beat[]): number {
  return beats.filter(({ heading }) => /^\d+\. /.test(heading)).length;
}

function groupsOf(ordered: readonly OptionalBeat[]): Beat[][] {
  const groups: { part: string; beats: Beat[] }[] = [];
  for (const { beat, section } of ordered) {
    const part = section.replace(/-\d+$/, '');
    const open = groups.at(-1);
    if (open && (open.part === part || beat.kind === 'quote')) open.beats.push(beat);
    else groups.push({ part, beats: [beat] });
  }
  return groups.map(({ beats }) => beats);
}

/** Splits the largest groups, or joins the last ones, until there are as many as asked for. */
function regrouped(groups: readonly Beat[][], count: number): Beat[][] {
  let made = groups.map((group) => [...group]);
  for (let round = 0; round < 40 && made.length < count; round++) {
    const largest = made.toSorted((a, b) => b.length - a.length)[0] ?? [];
    if (largest.length < 2) break;
    const half = Math.ceil(largest.length / 2);
    made = made.flatMap((group) =>
      group === largest ? [group.slice(0, half), group.slice(half)] : [group],
    );
  }
  return made.length <= count ? made : [...made.slice(0, count - 1), made.slice(count - 1).flat()];
}

function numbered(beat: Beat, at: number, names: readonly string[]): Beat {
  const [first, ...others] = beat.slots;
  if (!first) return beat;
  const plain = first.options.filter((line) => !/^[^.]{1,40}\?/.test(line));
  const kept = [...names, ...beat.keywords];
  const options = (plain.length > 0 ? plain : first.options).map(
    (line) =>
      `Number ${numberWord(at)}${line.includes(':') ? ' –' : ':'} ${afterColon(line, kept)}`,
  );
  return { ...beat, heading: `${at}. ${beat.heading}`, slots: [{ ...first, options }, ...others] };
}

/** A sentence after a colon: small at the start, unless it begins with a name. */
function afterColon(line: string, names: readonly string[]): string {
  const isName =
    names.some((name) => /^\p{Lu}/u.test(name) && line.startsWith(name)) ||
    /^[A-Z]{2}|^I\b/.test(line);
  return isName ? line : line.charAt(0).toLowerCase() + line.slice(1);
}

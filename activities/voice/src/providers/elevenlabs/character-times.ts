import type { SpokenText } from '../../text/spoken-text.js';
import type { Interval } from '../../voice-provider.js';

/** ElevenLabs' alignment: when each character of the text is heard. */
export interface Alignment {
  characters: readonly string[];
  startSeconds: readonly number[];
  endSeconds: readonly number[];
}

/** The alignment in a reply's member; undefined where it is missing or contradicts itself. */
export function readAlignment(value: unknown): Alignment | undefined {
  const {
    characters,
    character_start_times_seconds: startSeconds,
    character_end_times_seconds: endSeconds,
  } = (value ?? {}) as Record<string, unknown>;
  if (!isListOf(characters, isText) || !isListOf(startSeconds, isTime)) return undefined;
  if (!isListOf(endSeconds, isTime)) return undefined;
  const isWhole =
    characters.length > 0 &&
    characters.length === startSeconds.length &&
    characters.length === endSeconds.length;
  const isInOrder = startSeconds.every((start, index) => start >= (startSeconds[index - 1] ?? 0));
  return isWhole && isInOrder ? { characters, startSeconds, endSeconds } : undefined;
}

/**
 * Times of words from times of characters. The characters must be those that were sent, save for white space;
 * no word has a time otherwise.
 */
export function wordTimes(spoken: SpokenText, alignment: Alignment): (Interval | undefined)[] {
  const places = indexInAlignment(spoken.characters, alignment.characters);
  if (!places) return spoken.places.map(() => undefined);
  return spoken.places.map((place) => {
    if (!place) return undefined;
    const startMs = (alignment.startSeconds[places[place.from] ?? -1] ?? 0) * 1_000;
    const endMs = (alignment.endSeconds[places[place.to - 1] ?? -1] ?? 0) * 1_000;
    return { startMs, endMs: Math.max(startMs, endMs) };
  });
}

/** For each code point sent its entry in the alignment, whose entries may hold more than one; −1 for spaces. */
function indexInAlignment(
  sent: readonly string[],
  entries: readonly string[],
): number[] | undefined {
  const heard = entries.flatMap((entry, index) =>
    Array.from(entry.normalize('NFC'))
      .filter((character) => !isSpace(character))
      .map((character) => ({ character, index })),
  );
  let next = 0;
  const places: number[] = [];
  for (const character of sent) {
    if (isSpace(character)) {
      places.push(-1);
      continue;
    }
    if (heard[next]?.character !== character) return undefined;
    places.push(heard[next]?.index ?? -1);
    next += 1;
  }
  return next === heard.length ? places : undefined;
}

function isSpace(character: string): boolean {
  return /\s/u.test(character);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 36_000;
}

function isListOf<T>(value: unknown, is: (member: unknown) => member is T): value is T[] {
  return Array.isArray(value) && value.every((member) => is(member));
}

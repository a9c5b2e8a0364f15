import { Failure } from '@aura/failure';
import type { VoiceSpec } from '@aura/proto';

/** How a text is to be spoken; 1 and nothing where the voice is left as it is. */
export interface UnderstoodDelivery {
  speed: number;
  pauses: number;
  /** What is said in a word's place, by the word in lower case. */
  pronunciations: ReadonlyMap<string, string>;
}

const SPEEDS = { from: 0.5, to: 2 };
const PAUSES = { from: 0.5, to: 3 };
const MOST_PRONUNCIATIONS = 200;
const LONGEST_WORD = 60;
const LONGEST_SPOKEN = 200;

/** Errors: InvalidInput:speed, InvalidInput:pauses, InvalidInput:pronunciations. */
export function understandDelivery({ delivery }: VoiceSpec): UnderstoodDelivery {
  const { speed = 0, pauses = 0, pronunciations = [] } = delivery ?? {};
  if (pronunciations.length > MOST_PRONUNCIATIONS) {
    throw new Failure(
      'InvalidInput:pronunciations',
      `At most ${MOST_PRONUNCIATIONS} words can be given a pronunciation.`,
    );
  }
  return {
    speed: within(speed, SPEEDS, 'speed'),
    pauses: within(pauses, PAUSES, 'pauses'),
    pronunciations: new Map(
      pronunciations.map(({ word, spoken }) => [
        plain(word, /^\S+$/u, LONGEST_WORD).toLowerCase(),
        plain(spoken, /[\p{L}\p{N}]/u, LONGEST_SPOKEN),
      ]),
    ),
  };
}

/**
 * What of it shows in a sound, for unit keys: nothing at all where nothing is asked for, so that narrations
 * without it keep their keys.
 */
export function deliveryInputs(delivery: UnderstoodDelivery): Record<string, unknown> {
  const { speed, pauses, pronunciations } = delivery;
  return {
    ...(speed === 1 ? {} : { speed }),
    ...(pauses === 1 ? {} : { pauses }),
    ...(pronunciations.size === 0 ? {} : { pronunciations: sorted(pronunciations) }),
  };
}

function sorted(pronunciations: ReadonlyMap<string, string>): [string, string][] {
  return [...pronunciations].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function within(asked: number, { from, to }: { from: number; to: number }, field: string): number {
  if (asked === 0) return 1;
  if (Number.isFinite(asked) && asked >= from && asked <= to) return asked;
  const code = field === 'speed' ? 'InvalidInput:speed' : 'InvalidInput:pauses';
  throw new Failure(code, `The ${field} must lie between ${from} and ${to}.`);
}

function plain(text: string, form: RegExp, longest: number): string {
  const trimmed = text.normalize('NFC').trim();
  if (form.test(trimmed) && !/\p{Cc}/u.test(trimmed) && Array.from(trimmed).length <= longest) {
    return trimmed;
  }
  throw new Failure(
    'InvalidInput:pronunciations',
    `A pronunciation is one word of at most ${LONGEST_WORD} characters and what is said in its place.`,
  );
}

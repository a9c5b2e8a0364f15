import { z } from 'zod';

/** A number within bounds, which are told in words. */
export function within(least: number, most: number) {
  return z
    .number('must be a number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
}

export function whole(least: number, most: number) {
  return z
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
}

export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, `must be one of ${names.join(', ')}`);
}

export function yesOrNo() {
  return z.boolean('must be true or false');
}

export function assetId(what: string) {
  return z.uuid(`must be the id of an uploaded ${what}`);
}

/** #rrggbb; films and drawings know it in small letters. */
export function colour() {
  return z
    .string('must be a text')
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #1a2b3c')
    .transform((value) => value.toLowerCase())
    .meta({ type: 'string', pattern: '^#[0-9a-fA-F]{6}$' });
}

export const FITS = ['cover', 'contain', 'blur'] as const;
export const MOTIONS = ['auto', 'none', 'in', 'out', 'left', 'right', 'up', 'down'] as const;
export const TRANSITIONS = [
  'crossfade',
  'dissolve',
  'wipe',
  'slide',
  'push',
  'fade',
  'cut',
] as const;
const DIRECTIONS = ['left', 'right', 'up', 'down'] as const;

/** What a transition is, but for how long it takes. */
export const transitionLook = {
  kind: oneOf(TRANSITIONS),
  direction: oneOf(DIRECTIONS)
    .nullish()
    .describe('Where a wipe, a slide or a push goes to; left where absent.'),
  colour: colour().nullish().describe('What a fade goes through; black where absent.'),
  linearLight: yesOrNo()
    .nullish()
    .describe('A crossfade that mixes light, as film does, rather than signal.'),
};

const DIRECTED = new Set<string>(['wipe', 'slide', 'push']);

/** A transition of so many frames as films know it. */
export function transitionFrom(
  look: {
    kind: (typeof TRANSITIONS)[number];
    direction?: string | null | undefined;
    colour?: string | null | undefined;
    linearLight?: boolean | null | undefined;
  },
  frames: number,
) {
  return {
    kind: look.kind,
    frames,
    direction: DIRECTED.has(look.kind) ? (look.direction ?? 'left') : '',
    colour: look.kind === 'fade' ? (look.colour ?? '#000000') : '',
    linearLight: look.linearLight ?? false,
  };
}

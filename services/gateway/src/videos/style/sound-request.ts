import { AMBIENCES, EFFECTS, MOODS } from '@aura/music';
import type { Sound } from '@aura/proto';
import { z } from 'zod';
import { file, type BytesOf, type NamedFile } from './files.js';
import { assetId, oneOf, within, yesOrNo } from './values.js';

/** What is made here, by the kind of sound. */
export const MADE_HERE = { music: MOODS, ambience: AMBIENCES, effect: EFFECTS } as const;

const KINDS = ['music', 'effect', 'ambience'] as const;
type Kind = (typeof KINDS)[number];

const source = {
  assetId: assetId('sound').nullish().describe('A sound from POST /api/assets.'),
  gainDb: within(-60, 24).nullish().describe('Louder or softer than what suits its kind, in dB.'),
  duck: yesOrNo()
    .nullish()
    .describe('Gives way to speech: true for music and ambience where absent.'),
  loop: yesOrNo()
    .nullish()
    .describe('Begins anew where it is too short: true for music and ambience where absent.'),
};

/** The music under the whole film. */
export const music = z
  .strictObject(
    {
      mood: oneOf(MADE_HERE.music).nullish().describe('Music of this mood that is made here.'),
      ...source,
      fadeInSeconds: within(0, 30).nullish(),
      fadeOutSeconds: within(0, 30).nullish(),
    },
    'must be an object',
  )
  .superRefine(({ mood, assetId: id }, context) => {
    if ((mood == null) !== (id == null)) return;
    context.addIssue({ code: 'custom', message: 'must have either mood or assetId' });
  })
  .meta({ id: 'GenerateMusic' });

/** A sound somewhere in the film; `times` are the members that say when. */
export function soundSchema<T extends z.core.$ZodLooseShape>(times: T, id: string) {
  return z
    .strictObject(
      {
        kind: oneOf(KINDS),
        ...times,
        name: z
          .string('must be a text')
          .nullish()
          .describe(
            Object.entries(MADE_HERE)
              .map(([kind, names]) => `Of ${kind} that is made here: ${names.join(', ')}.`)
              .join(' '),
          ),
        ...source,
      },
      'must be an object',
    )
    .superRefine((sound, context) => {
      const { kind, name, assetId: own } = sound as unknown as SoundRequest;
      const refuse = (path: string[], message: string) =>
        context.addIssue({ code: 'custom', path, message });
      if ((name == null) === (own == null)) refuse([], 'must have either name or assetId');
      const names: readonly string[] = MADE_HERE[kind];
      if (name != null && !names.includes(name)) {
        refuse(['name'], `must be one of ${names.join(', ')}`);
      }
    })
    .meta({ id });
}

type Member<T> = T | null | undefined;

interface SoundSource {
  assetId?: Member<string>;
  gainDb?: Member<number>;
  duck?: Member<boolean>;
  loop?: Member<boolean>;
}

export interface SoundRequest extends SoundSource {
  kind: Kind;
  name?: Member<string>;
}

/** When a sound is heard, in frames. */
export interface SoundTimes {
  start: number;
  frames: number;
  fadeIn: number;
  fadeOut: number;
}

/** A sound as films know it. */
export function soundFrom(
  { kind, name, assetId: id, gainDb, duck, loop }: SoundRequest,
  times: SoundTimes,
  bytesOf: BytesOf,
): Sound {
  const audio = bytesOf(id);
  return {
    kind,
    start: times.start,
    frames: times.frames,
    ...(audio ? { audio } : {}),
    mood: name ?? '',
    gainDb: gainDb ?? 0,
    fadeIn: times.fadeIn,
    fadeOut: times.fadeOut,
    duck: duck ?? kind !== 'effect',
    loop: loop ?? kind !== 'effect',
  };
}

export function soundFiles(sounds: readonly SoundSource[], path: (string | number)[]): NamedFile[] {
  return sounds.flatMap(({ assetId: id }, at) => file(id, 'sound', [...path, at, 'assetId']));
}

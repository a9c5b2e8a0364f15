import type { Sound } from '@aura/proto';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import type { Stretch } from './hear-speech.js';

/**
 * How far under the speech a sound lies, in LU, where its order says nothing else. What does not give way lies at
 * least 20 dB below, so that everybody understands what is said (WCAG 2.2, success criterion 1.4.7).
 */
const UNDER_SPEECH_LU: Record<string, { ducking: number; steady: number }> = {
  music: { ducking: 8, steady: 21 },
  ambience: { ducking: 15, steady: 22 },
  effect: { ducking: 6, steady: 8 },
};

/** By so much more a sound that gives way is quieter while somebody speaks. */
export const DUCK_DB = -14;
/** It begins to give way so long before the first word and has done so when that comes … */
export const DUCK_ATTACK_S = 0.35;
/** … stays down for a breath after the last one … */
export const DUCK_HOLD_S = 0.3;
/** … and takes its time to come back. */
export const DUCK_RELEASE_S = 1.1;

/** The gain, of 1, of a sound of a measured loudness in a film whose speech is as loud as said. */
export function gainOf(
  { kind, gainDb, duck }: Sound,
  { ownLufs, speechLufs }: { ownLufs: number; speechLufs: number },
): number {
  const under = UNDER_SPEECH_LU[kind] ?? { ducking: 8, steady: 21 };
  const wantedLufs = speechLufs - (duck ? under.ducking : under.steady) + gainDb;
  const isSilent = ownLufs <= -70;
  return isSilent ? 1 : 10 ** (Math.min(40, wantedLufs - ownLufs) / 20);
}

/**
 * How loud what gives way is at a sample, of 1. It goes down and up in half a cosine of decibels: slowest at both ends,
 * so that nobody hears when. `spoken` is in order; samples are asked for in order too.
 */
export function ducking(spoken: readonly Stretch[]): (at: number) => number {
  const [attack, hold, release] = [DUCK_ATTACK_S, DUCK_HOLD_S, DUCK_RELEASE_S].map(
    (seconds) => seconds * SAMPLE_RATE_HZ,
  ) as [number, number, number];
  let next = 0;
  const shareOf = ({ from, to }: Stretch, at: number): number => {
    if (at < from - attack || at >= to + hold + release) return 0;
    if (at < from) return eased(1 - (from - at) / attack);
    return at < to + hold ? 1 : eased(1 - (at - to - hold) / release);
  };
  return (at) => {
    while ((spoken[next + 1]?.from ?? Infinity) - attack <= at) next += 1;
    const now = spoken[next];
    const before = spoken[next - 1];
    const share = Math.max(now ? shareOf(now, at) : 0, before ? shareOf(before, at) : 0);
    return share === 0 ? 1 : 10 ** ((DUCK_DB * share) / 20);
  };
}

/** How loud a sound is, of 1, at a sample of its own: fades in equal steps of a cosine. */
export function fading(
  samples: number,
  { fadeIn, fadeOut }: { fadeIn: number; fadeOut: number },
): (at: number) => number {
  return (at) => {
    const coming = at < fadeIn ? eased(at / fadeIn) : 1;
    const left = samples - at;
    const going = left < fadeOut ? eased(left / fadeOut) : 1;
    return coming * going;
  };
}

function eased(share: number): number {
  return 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, Math.max(0, share)));
}

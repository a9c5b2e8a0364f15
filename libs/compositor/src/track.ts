import type { Keyframe, Track } from './render-plan.js';

/** What a track says at a frame. Keyframes are in order of their frames. */
export function valueAt(track: Track, frame: number): number {
  if (typeof track === 'number') return track;
  const next = track.findIndex((key) => key.frame > frame);
  const after = track[next];
  const before = next === -1 ? track.at(-1) : track[next - 1];
  if (!before) return after?.value ?? 0;
  if (!after) return before.value;
  const share = (frame - before.frame) / (after.frame - before.frame);
  return before.value + (after.value - before.value) * eased(share, before.easing);
}

/** How far along a way is by a share of its time, both 0 to 1. Sines: no jerk at either end. */
export function eased(share: number, easing: Keyframe['easing'] = 'linear'): number {
  switch (easing) {
    case 'ease-in':
      return 1 - Math.cos((share * Math.PI) / 2);
    case 'ease-out':
      return Math.sin((share * Math.PI) / 2);
    case 'ease-in-out':
      return (1 - Math.cos(share * Math.PI)) / 2;
    case 'linear':
      return share;
  }
}

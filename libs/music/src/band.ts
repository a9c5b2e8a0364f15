import { drum } from './instruments/drums.js';
import { bass, BELL, MUTED, PLUCK, struck } from './instruments/struck.js';
import { KEYS, PAD, SPICCATO, STRINGS, sustained } from './instruments/sustained.js';
import { inRoom, type Room } from './reverb.js';
import type { Sound } from './score.js';
import { trimmed, type Tone } from './tone.js';

/** Plays sounds in a room, each different one once: what was played is kept. */
export function bandIn(room: Room): (sound: Sound) => Tone {
  const played = new Map<string, Tone>();
  return (sound) => {
    const name = JSON.stringify(sound);
    const tone = played.get(name) ?? trimmed(heardIn(room, sound));
    played.set(name, tone);
    return tone;
  };
}

/** Low notes stay dry: a room would only blur them. */
function heardIn(room: Room, sound: Sound): Tone {
  const dry = toneOf(sound);
  if (sound.kind === 'bass') return dry;
  const isKick = sound.kind === 'drum' && sound.drum === 'kick';
  return isKick ? dry : inRoom(dry, room);
}

const HELD = { pad: PAD, strings: STRINGS, keys: KEYS };

function toneOf(sound: Sound): Tone {
  switch (sound.kind) {
    case 'held':
      return sustained(sound.pitches, sound.seconds, HELD[sound.with]);
    case 'note':
      if (sound.with === 'spiccato') return sustained([sound.pitch], 0.14, SPICCATO);
      return struck(sound.pitch, { bell: BELL, pluck: PLUCK, muted: MUTED }[sound.with]);
    case 'bass':
      return bass(sound.pitch, sound.seconds);
    case 'drum':
      return drum(sound.drum, sound.variant);
  }
}

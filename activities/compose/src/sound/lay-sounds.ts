import path from 'node:path';
import { samplesOf, type FrameRate, type Sound, type Warning } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { checkJoints } from './check-joints.js';
import type { SoundTools } from './decode-sound.js';
import { hearSpeech, type HeardSpeech, type Stretch } from './hear-speech.js';
import { DUCK_DB, ducking, fading, gainOf } from './levels.js';
import { mixSounds, type MixedSound, type PlannedSound } from './mix-sounds.js';
import type { LibraryPiece } from './music-library.js';
import { openSound, type OpenedSound } from './open-sound.js';

export interface LayOrder {
  sounds: readonly Sound[];
  /** Of the library, by the place of their sound in the list. */
  pieces: readonly (LibraryPiece | undefined)[];
  rate: FrameRate;
  /** Of the whole film. */
  samples: number;
  seed: string;
  /** Raw mono and raw stereo, as names relative to the folder. */
  speech: string;
  output: string;
  onSample: (sample: number) => void;
}

export interface Laid {
  loudnessLufs: number;
  warnings: Warning[];
}

/** Speech that comes through this loud leaves room for what is laid under and over it. */
const MIX_LUFS = -23;
/** Where nobody speaks, sounds are as loud as if somebody did. */
const NO_SPEECH_LUFS = -20;
const MIN_SPEECH_LUFS = -60;

/**
 * Lays music, ambience and effects under the speech, as one raw stereo track, and looks at its joints.
 * Errors: AssetInvalid, FilmInvalid:click, FilmInvalid:gap, ArtifactGone, BlobCorrupt.
 */
export async function laySounds(
  store: ArtifactStore,
  tools: SoundTools,
  order: LayOrder,
): Promise<Laid> {
  const { samples, sounds, rate } = order;
  const [speech, output] = [order.speech, order.output].map((name) =>
    path.join(tools.folder, name),
  ) as [string, string];
  const heard = await hearSpeech(speech);
  const speechLufs = heard.loudnessLufs < MIN_SPEECH_LUFS ? NO_SPEECH_LUFS : heard.loudnessLufs;
  const opened: Placed[] = [];
  const planned = sounds.flatMap((sound, index): PlannedSound[] => {
    const place = placeOf(sound, rate, samples);
    if (place.samples <= 0) return [];
    const open = async () => {
      const soundOrder = {
        sound,
        samples: place.samples,
        seed: `${order.seed}/${index}`,
        piece: order.pieces[index],
        scratch: `sound-${index}.pcm`,
      };
      const one = { sound, ...place, opened: await openSound(store, tools, soundOrder) };
      opened.push(one);
      return mixed(one, { rate, heard, speechLufs });
    };
    return [{ start: place.start, open }];
  });
  const { loudnessLufs } = await mixSounds({
    speech,
    output,
    samples,
    gain: 10 ** ((MIX_LUFS - speechLufs) / 20),
    sounds: planned,
    signal: tools.signal,
    onSample: order.onSample,
  });
  await checkJoints({ file: output, ...seamsOf(opened, { rate, speechLufs }) });
  return { loudnessLufs, warnings: opened.flatMap(warningOf) };
}

interface Placed {
  sound: Sound;
  start: number;
  opened: OpenedSound;
}

function placeOf(sound: Sound, rate: FrameRate, filmSamples: number) {
  const start = samplesOf(sound.start, rate, SAMPLE_RATE_HZ);
  const end = samplesOf(sound.start + sound.frames, rate, SAMPLE_RATE_HZ);
  return { start, samples: Math.min(end, filmSamples) - start };
}

function mixed(
  { sound, start, opened }: Placed,
  { rate, heard, speechLufs }: { rate: FrameRate; heard: HeardSpeech; speechLufs: number },
): MixedSound {
  const { source, samples, ownLufs, close } = opened;
  return {
    source,
    start,
    samples,
    gain: gainOf(sound, { ownLufs, speechLufs }),
    fade: fading(samples, fadesOf(sound, rate, opened)),
    close,
    ...(sound.duck ? { duck: ducking(heard.spoken) } : {}),
  };
}

/** Seconds of the fades where the order names none: shorter than a moment is only against clicks. */
const NO_FADE_S = 0.005;
/** What is left of the last chord goes within this. */
const LAST_CHORD_S = 0.6;
const CUT_FADE_S: Record<string, number> = { music: 2.5, ambience: 1.5, effect: 0.1 };

function fadesOf(sound: Sound, rate: FrameRate, { samples, isCut, isMade }: OpenedSound) {
  const own = (frames: number, seconds: number) =>
    frames > 0 ? samplesOf(frames, rate, SAMPLE_RATE_HZ) : Math.round(seconds * SAMPLE_RATE_HZ);
  const most = Math.floor(samples / 2);
  const cutS = CUT_FADE_S[sound.kind] ?? 1;
  const endS = isMade ? LAST_CHORD_S : NO_FADE_S;
  return {
    fadeIn: Math.min(most, own(sound.fadeIn, sound.kind === 'ambience' ? cutS : NO_FADE_S)),
    fadeOut: Math.min(most, own(sound.fadeOut, isCut ? cutS : endS)),
  };
}

const MAX_JOINTS = 200;
/** The first and the last notes of what is made here come and go. */
const EDGE = 4 * SAMPLE_RATE_HZ;
/** What was ordered to be quieter may well be nothing at all in 16 bit: no gap is looked for in it. */
const HEARD_LUFS = -60;

function seamsOf(
  sounds: readonly Placed[],
  { rate, speechLufs }: { rate: FrameRate; speechLufs: number },
): { joints: number[]; covered: Stretch[] } {
  const joints: number[] = [];
  const covered: Stretch[] = [];
  for (const { sound, start, opened } of sounds) {
    const end = start + opened.samples;
    joints.push(start, end);
    const { loop } = opened;
    if (loop) {
      const period = loop.to - loop.from;
      for (let at = start + loop.to; at < end && joints.length < MAX_JOINTS; at += period) {
        joints.push(at, at + loop.fadeSamples);
      }
    }
    const { ownLufs } = opened;
    const gainDb = 20 * Math.log10(gainOf(sound, { ownLufs, speechLufs }));
    const duckedDb = sound.duck ? DUCK_DB : 0;
    const leastLufs = ownLufs + gainDb + duckedDb + MIX_LUFS - speechLufs;
    if (!opened.isMade || leastLufs < HEARD_LUFS) continue;
    const { fadeIn, fadeOut } = fadesOf(sound, rate, opened);
    covered.push({ from: start + Math.max(EDGE, fadeIn), to: end - Math.max(EDGE, fadeOut) });
  }
  return { joints, covered };
}

function warningOf({ sound, opened }: Placed): Warning[] {
  if (opened.refused === undefined) return [];
  const message = `A piece of the music library for the mood ${sound.mood} could not be read; music was made instead.`;
  return [{ code: 'MusicReplaced', message, stage: 'compose', sceneId: '' }];
}

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import type { BlobRef, JobRef } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress, unitOfWork } from '@aura/work';
import { changeSpeed } from './sound/change-speed.js';
import { envelopeOf, FRAME_MS, heardSpan, type Envelope } from './sound/envelope.js';
import type { CheckedPiece } from './sound/join-speech.js';
import { soundProblem } from './sound/sound-problem.js';
import { BadSound, durationMsOf, readWav, wavBytes, type Sound } from './sound/wav.js';
import { speakableWords } from './text/speakable.js';
import { speechWeight } from './text/speech-weight.js';
import type { Reference } from './timing/align-words.js';
import { completeTimes } from './timing/complete-times.js';
import { snapToSound } from './timing/snap-to-sound.js';
import { timeWords } from './timing/time-words.js';
import { referenceFor } from './reference-voice.js';
import type {
  Interval,
  ProviderVoice,
  SpeakOptions,
  SpokenPiece,
  VoiceProvider,
} from './voice-provider.js';

export interface Speaker {
  provider: VoiceProvider;
  voice: ProviderVoice;
  /** Of the text. */
  language: string;
  /** Times the voice's own pace; 1 unless given. */
  speed?: number;
}

/** The words of a take, as they are to be said. */
export interface Utterance {
  words: readonly string[];
  /** For each word whether no space stands before it. */
  glued?: readonly boolean[];
  /** Each word's sentence; absent where all are of one. */
  sentences?: readonly number[];
}

export interface TakeOptions extends SpeakOptions {
  ffmpegPath: string;
  /** Where takes that cost money are kept, and for which job. */
  kept?: { store: ArtifactStore; job: JobRef };
  /** Voices of this machine that tell the times of words; the last that speaks the language lends its own. */
  timekeepers?: readonly VoiceProvider[];
}

export interface TimedTake extends Omit<CheckedPiece, 'endsSentence'> {
  /** The provider told the times; otherwise they are spread over the measured speech. */
  isTold: boolean;
}

/** Bumped whenever the same order would be kept as another sound. */
const RECIPE = 1;

/**
 * Has one take spoken, checks what came and times its words by the sound. What costs money is kept before
 * anything else is done with it: whatever fails afterwards, it is not paid for again.
 * Errors: those of the provider; NarrationInvalid where the sound is broken.
 */
export async function speakTake(
  speaker: Speaker,
  utterance: Utterance,
  options: TakeOptions,
): Promise<TimedTake> {
  const { kept } = options;
  const order = {
    speaker,
    utterance,
    reference: lazily(() => referenceFor(speaker, utterance, options)),
  };
  const spoken =
    speaker.provider.isPaid && kept
      ? await keptTake(order, { ...options, kept })
      : await checkedTake(order, options);
  const envelope = envelopeOf(spoken.sound);
  const weights = weightsOf(utterance.words);
  const isTold = spoken.words.some((word) => word !== undefined);
  const told = isTold
    ? spoken.words
    : timeWords({ ...utterance, weights }, spoken.sound, {
        envelope,
        reference: await order.reference(),
      });
  const times = completeTimes(told, weights, spanOf(envelope));
  return { sound: spoken.sound, envelope, words: snapToSound(times, envelope), isTold };
}

interface Order {
  speaker: Speaker;
  utterance: Utterance;
  /** The same by a voice that tells its times; spoken when it is first needed. */
  reference: () => Promise<Reference | undefined>;
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** What of a paid take is recorded: its sound as a WAV, and what was told of its words. */
interface Kept {
  audio: BlobRef;
  words: (Interval | null)[];
  unitKey: string;
}

async function keptTake(
  order: Order,
  options: TakeOptions & Required<Pick<TakeOptions, 'kept'>>,
): Promise<SpokenPiece> {
  const { utterance } = order;
  const { provider, voice, language, speed = 1 } = order.speaker;
  const { store, job } = options.kept;
  const inputs = {
    voice: voice.id ?? voice.name,
    language: new Intl.Locale(language).language,
    words: utterance.words,
    glued: utterance.glued ?? [],
    speed,
    version: await provider.version(options.signal),
  };
  const work = { job, unit: 'speakTake', provider: provider.name, recipe: RECIPE, inputs };
  const kept = await unitOfWork<Kept>(store, work, async ({ scratch, key, signal }) => {
    progress(0, `asking ${provider.name}`);
    const { sound, words } = await checkedTake(order, { ...options, scratch, signal });
    const file = path.join(scratch, 'take.wav');
    await writeFile(file, wavBytes(sound));
    const audio = await store.putFile(file, 'audio/wav');
    return { audio, words: words.map((word) => word ?? null), unitKey: key };
  });
  const { sound } = readWav(await readFile(await store.localPath(kept.audio)));
  return { sound, words: kept.words.map((word) => word ?? undefined) };
}

async function checkedTake(
  { speaker, utterance, reference }: Order,
  options: TakeOptions,
): Promise<SpokenPiece> {
  const { provider, voice, language, speed = 1 } = speaker;
  const { words, glued } = utterance;
  const { from = 1, to = 1 } = provider.speeds ?? {};
  const own = Math.min(to, Math.max(from, speed));
  const order = { words, language, voice, speed: own, ...(glued ? { glued } : {}) };
  const asSpoken = await provider.speak(order, options);
  const isTold = asSpoken.words.some((word) => word !== undefined);
  const problem =
    takeProblem(asSpoken, words, { speed: own, tellsEnd: provider.program === undefined }) ??
    (isTold ? undefined : shortness(asSpoken.sound, await reference(), own));
  if (problem !== undefined) {
    throw new Failure('NarrationInvalid', 'A sentence was not spoken as it should be.', {
      details: `${provider.name} ${voice.name}: ${problem}`,
    });
  }
  const rest = speed / own;
  return rest === 1 ? asSpoken : inTime(asSpoken, rest, options);
}

/** How far told times may lie beyond the end of the sound: rounding, and an encoder's padding. */
const BEYOND_END_MS = 250;

function takeProblem(
  { sound, words: told }: SpokenPiece,
  words: readonly string[],
  { speed, tellsEnd }: { speed: number; tellsEnd: boolean },
): string | undefined {
  const weight = weightsOf(words).reduce((sum, one) => sum + one, 0);
  const lastMs = Math.max(0, ...told.map((word) => word?.endMs ?? 0));
  const ms = durationMsOf(sound);
  if (lastMs > ms + BEYOND_END_MS) {
    return `cut off: words until ${Math.round(lastMs)} ms in ${Math.round(ms)} ms`;
  }
  // Who knows when the last word ended, and that it is in there, may end as suddenly as he likes.
  const isWhole = tellsEnd && lastMs > 0 && lastMs <= ms + FRAME_MS;
  return soundProblem(sound, envelopeOf(sound), weight / speed, isWhole);
}

/** No voice is more than twice as fast as the ones of this machine; what is was cut off in a pause. */
const SHORTEST_OF_REFERENCE = 0.5;
const LONG_ENOUGH_MS = 1_500;

function shortness(
  sound: Sound,
  reference: Reference | undefined,
  speed: number,
): string | undefined {
  const expectedMs = reference ? heardMs(reference.sound) / speed : 0;
  const ms = heardMs(sound);
  if (expectedMs < LONG_ENOUGH_MS || ms >= expectedMs * SHORTEST_OF_REFERENCE) return undefined;
  return `too short: ${ms} ms, another voice takes ${Math.round(expectedMs)} ms`;
}

function heardMs(sound: Sound): number {
  const { from, to } = heardSpan(envelopeOf(sound)) ?? { from: 0, to: 0 };
  return (to - from) * FRAME_MS;
}

async function inTime(piece: SpokenPiece, speed: number, options: TakeOptions) {
  try {
    return await changeSpeed(piece, speed, options);
  } catch (error) {
    if (!(error instanceof BadSound)) throw error;
    throw new Failure('NarrationInvalid', 'The narration was lost while its speed was changed.', {
      details: error.message,
      cause: error,
    });
  }
}

function weightsOf(words: readonly string[]): number[] {
  return speakableWords(words).map(speechWeight);
}

function spanOf(envelope: Envelope): Interval {
  const { from, to } = heardSpan(envelope) ?? { from: 0, to: envelope.levels.length };
  return { startMs: from * FRAME_MS, endMs: to * FRAME_MS };
}

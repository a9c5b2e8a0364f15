import { Failure } from '@aura/failure';
import type { JobRef } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { paidReply, progress, type PaidReply } from '@aura/work';
import { changeSpeed } from './sound/change-speed.js';
import { envelopeOf, FRAME_MS, heardSpan, type Envelope } from './sound/envelope.js';
import type { CheckedPiece } from './sound/join-speech.js';
import { soundProblem } from './sound/sound-problem.js';
import { BadSound, durationMsOf, type Sound } from './sound/wav.js';
import { speakableWords } from './text/speakable.js';
import { speechWeight } from './text/speech-weight.js';
import type { Reference } from './timing/align-words.js';
import { completeTimes } from './timing/complete-times.js';
import { snapToSound } from './timing/snap-to-sound.js';
import { timeWords } from './timing/time-words.js';
import { referenceFor } from './reference-voice.js';
import type {
  AskForReply,
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

/** Bumped whenever the same order would ask for another sound. */
const RECIPE = 1;

/**
 * Has one take spoken, checks what came and times its words by the sound. What costs money is kept as it came, before
 * it is so much as decoded: whatever fails afterwards, it is not paid for again, unless it is the sound that is broken.
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
  const asSpoken =
    speaker.provider.isPaid && kept
      ? await keptTake(order, { ...options, kept })
      : await checkedTake(order, options);
  const rest = (speaker.speed ?? 1) / ownSpeed(speaker);
  const spoken = rest === 1 ? asSpoken : await inTime(asSpoken, rest, options);
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

async function keptTake(
  order: Order,
  options: TakeOptions & Required<Pick<TakeOptions, 'kept'>>,
): Promise<SpokenPiece> {
  const { speaker, utterance } = order;
  const { provider, voice, language } = speaker;
  const { store, job } = options.kept;
  const inputs = {
    voice: voice.id ?? voice.name,
    language: new Intl.Locale(language).language,
    words: utterance.words,
    glued: utterance.glued ?? [],
    speed: ownSpeed(speaker),
    version: await provider.version(options.signal),
  };
  const work = { job, unit: 'speakTake.reply', provider: provider.name, recipe: RECIPE, inputs };
  let reply: PaidReply | undefined;
  const keep = async (ask: AskForReply) => {
    reply = await paidReply(store, work, async (place) => {
      progress(0, `asking ${provider.name}`);
      return { file: await ask(place), mediaType: 'application/octet-stream' };
    });
    return reply.file;
  };
  try {
    return await checkedTake(order, { ...options, keep });
  } catch (error) {
    if (isOfTheSound(error)) await reply?.refuse();
    throw error;
  }
}

function isOfTheSound(error: unknown): boolean {
  return error instanceof Failure && error.code === 'NarrationInvalid';
}

/** The part of the speed that the provider sees to. */
function ownSpeed({ provider, speed = 1 }: Speaker): number {
  const { from = 1, to = 1 } = provider.speeds ?? {};
  return Math.min(to, Math.max(from, speed));
}

async function checkedTake(
  { speaker, utterance, reference }: Order,
  options: TakeOptions,
): Promise<SpokenPiece> {
  const { provider, voice, language } = speaker;
  const { words, glued } = utterance;
  const own = ownSpeed(speaker);
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
  return asSpoken;
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

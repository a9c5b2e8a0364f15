import { Failure } from '@aura/failure';
import { envelopeOf } from './sound/envelope.js';
import { FRAME_MS, heardSpan, type Envelope } from './sound/envelope.js';
import type { CheckedPiece } from './sound/join-speech.js';
import { soundProblem } from './sound/sound-problem.js';
import { speakableWords } from './text/speakable.js';
import { speechWeight } from './text/speech-weight.js';
import { completeTimes } from './timing/complete-times.js';
import { snapToSound } from './timing/snap-to-sound.js';
import { spreadWords } from './timing/spread-words.js';
import type { Interval, ProviderVoice, SpeakOptions, VoiceProvider } from './voice-provider.js';

export interface Speaker {
  provider: VoiceProvider;
  voice: ProviderVoice;
  /** Of the text. */
  language: string;
}

export interface TimedPiece extends Omit<CheckedPiece, 'endsSentence'> {
  /** The provider told the times; otherwise they are spread over the measured speech. */
  isTold: boolean;
}

/**
 * Has one piece spoken, checks what came and times its words by the sound.
 * Errors: those of the provider; NarrationInvalid where the sound is broken.
 */
export async function checkedPiece(
  { provider, voice, language }: Speaker,
  words: readonly string[],
  options: SpeakOptions,
): Promise<TimedPiece> {
  const spoken = await provider.speak({ words, language, voice }, options);
  const envelope = envelopeOf(spoken.sound);
  const weights = speakableWords(words).map(speechWeight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const problem = soundProblem(spoken.sound, envelope, total);
  if (problem !== undefined) {
    throw new Failure('NarrationInvalid', 'A sentence was not spoken as it should be.', {
      details: `${provider.name} ${voice.name}: ${problem}`,
    });
  }
  const isTold = spoken.words.some((word) => word !== undefined);
  const told = isTold ? spoken.words : spreadWords(words, weights, envelope);
  const times = completeTimes(told, weights, spanOf(envelope));
  return { sound: spoken.sound, envelope, words: snapToSound(times, envelope), isTold };
}

function spanOf(envelope: Envelope): Interval {
  const { from, to } = heardSpan(envelope) ?? { from: 0, to: envelope.levels.length };
  return { startMs: from * FRAME_MS, endMs: to * FRAME_MS };
}

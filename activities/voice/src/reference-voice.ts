import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Speaker, TakeOptions, Utterance } from './speak-take.js';
import { speakableWords } from './text/speakable.js';
import { speechWeight } from './text/speech-weight.js';
import type { Reference } from './timing/align-words.js';
import { completeTimes } from './timing/complete-times.js';
import { durationMsOf } from './sound/wav.js';
import type { VoiceProvider } from './voice-provider.js';

/** The voices of this machine: they cost nothing and tell the times of their words. */
export function timekeepersIn(providers: readonly VoiceProvider[]): readonly VoiceProvider[] {
  return providers.filter(({ program }) => program !== undefined);
}

/**
 * The same words spoken by a voice that tells their times, to find them in a sound by a voice that does not.
 * Undefined where none speaks the language, or it fails: times are spread then, and no narration is lost for
 * them. Throws only on abort.
 */
export async function referenceFor(
  { provider: speaking, language, voice: { gender } }: Speaker,
  { words }: Utterance,
  options: TakeOptions,
): Promise<Reference | undefined> {
  const wish = { language, gender, name: '' };
  const provider = options.timekeepers?.findLast(
    (one) => one !== speaking && one.voiceFor(wish) !== undefined,
  );
  const voice = provider?.voiceFor(wish);
  if (!provider || !voice) return undefined;
  try {
    const scratch = path.join(options.scratch, 'reference');
    await mkdir(scratch, { recursive: true });
    const { sound, words: told } = await provider.speak(
      { words, language, voice },
      { scratch, ...(options.signal ? { signal: options.signal } : {}) },
    );
    if (!told.some((word) => word !== undefined)) return undefined;
    const weights = speakableWords(words).map(speechWeight);
    const span = { startMs: 0, endMs: durationMsOf(sound) };
    return { sound, words: completeTimes(told, weights, span) };
  } catch {
    options.signal?.throwIfAborted();
    return undefined;
  }
}

import type { Sound } from './sound/wav.js';

/**
 * What the voice stage asks of something that can speak. A provider is a folder under `providers/` and one
 * line in `providers/index.ts`. It speaks one piece (a sentence or less) at a time; cleaning, trimming,
 * checking, joining and levelling are the same for all of them and are done by the stage.
 */
export interface VoiceProvider {
  /** Its name in chains, keys and reports. */
  readonly name: string;
  /** The program on this machine that speaks, if it is one. */
  readonly program?: string;
  /**
   * What would speak differently after an update: part of every unit's key.
   * Errors: VoiceUnavailable where the program is missing or cannot be run.
   */
  version(signal?: AbortSignal): Promise<string>;
  /** Languages that it truly speaks, as BCP 47 prefixes. */
  readonly languages: readonly string[];
  /** Its voice for a wish; undefined where it does not speak the language. Pure. */
  voiceFor(wish: VoiceWish): ProviderVoice | undefined;
  /**
   * Speaks one piece. Nothing of the text may be taken for an option, a file or markup.
   * Errors: VoiceUnavailable, VoiceFailed, NarrationInvalid.
   */
  speak(piece: SpeechPiece, options: SpeakOptions): Promise<SpokenPiece>;
}

/** Who is asked to speak, after the logical voice and the text's language have been understood. */
export interface VoiceWish {
  /** Of the text, canonical BCP 47. */
  language: string;
  gender: 'f' | 'm';
  /** The name that was asked for, which may be one of the provider's own. */
  name: string;
}

export interface ProviderVoice {
  /** The provider's own name. */
  name: string;
  gender: 'f' | 'm';
  /** How it speaks, canonical BCP 47; its region may differ from the text's. */
  language: string;
  /** It was asked for by this name. */
  isNamed?: boolean;
  /** Something that the listener should know, for users. */
  caveat?: string;
}

export interface SpeechPiece {
  /** The words as they are shown, in order. */
  words: readonly string[];
  /** Of the text, canonical BCP 47. */
  language: string;
  voice: ProviderVoice;
}

export interface SpeakOptions {
  /** A folder for the provider's files; it need not clean up. */
  scratch: string;
  signal?: AbortSignal;
}

export interface SpokenPiece {
  sound: Sound;
  /**
   * One entry per word: when it is heard, in ms from the start of `sound`, undefined where the provider
   * cannot tell (nothing of it is spoken, or it is spoken together with the word before).
   */
  words: readonly (Interval | undefined)[];
}

export interface Interval {
  startMs: number;
  endMs: number;
}

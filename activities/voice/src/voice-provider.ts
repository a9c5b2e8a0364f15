import type { Failure } from '@aura/failure';
import type { Sound } from './sound/wav.js';

/**
 * What the voice stage asks of something that can speak. A provider is a folder under `providers/` and one
 * line in `providers/registry.ts`. Cleaning, trimming, checking, joining and levelling are the same for all of
 * them and are done by the stage.
 */
export interface VoiceProvider {
  /** Its name in chains, keys and reports. */
  readonly name: string;
  /** The program on this machine that speaks, if it is one. */
  readonly program?: string;
  /** A program that is used where it is installed, and not missed elsewhere. */
  readonly isOptional?: boolean;
  /** The model that it asks for, where the service lists its models. */
  readonly model?: string;
  /** Why it cannot be asked at all: its key or its address is not set, or is wrong. */
  readonly failure?: Failure;
  /**
   * Longest text of one call, in code points: a provider that has it is asked to speak several sentences at a
   * time. One without it speaks one piece (a sentence or less) at a time.
   */
  readonly longestText?: number;
  /** Calls cost money: none is made for anything but a narration, or what is kept. */
  readonly isPaid?: boolean;
  /** Speeds at which it can speak by itself; its own alone unless given. The rest is done to the sound. */
  readonly speeds?: { from: number; to: number };
  /** What to do where `learn` finds no voice that can be used, for users. */
  readonly withoutVoices?: string;
  /**
   * Finds out which voices there are, where only the service knows; asked before `languages` and `voiceFor`
   * count. Cheap when repeated; what was known before holds while the service does not answer.
   * Errors: those of a probe where nothing is known.
   */
  learn?(signal?: AbortSignal): Promise<void>;
  /**
   * What would speak differently after an update: part of every unit's key.
   * Errors: VoiceUnavailable where the program is missing or cannot be run.
   */
  version(signal?: AbortSignal): Promise<string>;
  /** Languages that it truly speaks, as BCP 47 prefixes. */
  readonly languages: readonly string[];
  /** Its voice for a wish; undefined where it does not speak the language. No network. */
  voiceFor(wish: VoiceWish): ProviderVoice | undefined;
  /**
   * Speaks one piece. Nothing of the text may be taken for an option, a file or markup.
   * Errors: VoiceUnavailable, VoiceFailed, NarrationInvalid; those of `Vendors` where it is asked over the network.
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
  /** What it is called in requests, where that is not its name. */
  id?: string;
  gender: 'f' | 'm';
  /** How it speaks, canonical BCP 47; its region may differ from the text's. */
  language: string;
  /** What it is like, in a word or two; empty or absent where nothing is known. */
  style?: string;
  /** It was asked for by this name. */
  isNamed?: boolean;
  /** Something that the listener should know, for users. */
  caveat?: string;
}

export interface SpeechPiece {
  /** The words, in order: as they are shown, or what is to be said in their place. */
  words: readonly string[];
  /** For each word whether no space stands before it; absent where all have one. */
  glued?: readonly boolean[];
  /** Of the text, canonical BCP 47. */
  language: string;
  voice: ProviderVoice;
  /** Times the voice's own pace, within the provider's `speeds`; 1 unless given. */
  speed?: number;
}

export interface SpeakOptions {
  /** A folder for the provider's files; it need not clean up. */
  scratch: string;
  signal?: AbortSignal;
  /** The unit of work that it is spoken for; absent where nothing is to be accounted. */
  unit?: SpokenFor;
  /**
   * Puts what a paid service sends on record before anything is done with it, and gives it back where it is there
   * already. Absent where calls cost nothing, or nothing is kept.
   */
  keep?: (ask: AskForReply) => Promise<string>;
}

/** Calls a service once; answers with the file in `scratch` in which its reply lies as it came. */
export type AskForReply = (place: {
  scratch: string;
  signal?: AbortSignal | undefined;
}) => Promise<string>;

/** Whose calls they are, for the journal. `capUsd` as in `JobRef`. */
export interface SpokenFor {
  videoId: string;
  key: string;
  capUsd: number | undefined;
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

/** What a `Narration.timings` blob holds (JSON). Times in ms from the start of the scene's own sound. */
export interface SpeechTimings {
  /** Where the times come from: told by the synthesiser, or spread over measured speech per sentence. */
  source: 'synthesiser' | 'measured';
  words: SpokenWord[];
}

/** `text` as it is to be shown (with its punctuation); words joined by spaces give the narration again. */
export interface SpokenWord {
  text: string;
  startMs: number;
  endMs: number;
  /** Index of the sentence within the scene. */
  sentence: number;
  /** No space stands between this word and the one before (Chinese, Japanese, Thai). */
  glued?: boolean;
}

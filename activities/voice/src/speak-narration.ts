import type { SpeechTimings, SpokenWord } from '@aura/proto';
import { progress } from '@aura/work';
import { joinSpeech, type CheckedPiece } from './sound/join-speech.js';
import { NARRATION_RATE } from './sound/master-narration.js';
import type { Sound } from './sound/wav.js';
import { checkedPiece, type Speaker } from './speak-pieces.js';
import type { NarrationText, Piece } from './text/narration-text.js';
import { hasSpeech } from './text/speakable.js';
import type { Interval, SpeakOptions } from './voice-provider.js';

export interface Speech {
  sound: Sound;
  timings: SpeechTimings;
}

/** How long a scene without a word to say is shown. */
const SILENT_SCENE_MS = 2_000;

/**
 * Speaks a narration piece by piece and joins the pieces. Words of pieces in which nothing can be said
 * (a line of emoji) are shown for no time after the piece before.
 * Errors: those of checkedPiece.
 */
export async function speakNarration(
  speaker: Speaker,
  { pieces }: NarrationText,
  options: SpeakOptions,
): Promise<Speech> {
  const checked: CheckedPiece[] = [];
  let isTold = true;
  for (const [index, piece] of pieces.entries()) {
    progress((90 * index) / pieces.length, `speaking part ${index + 1} of ${pieces.length}`);
    if (!canBeSaid(piece)) continue;
    const texts = piece.words.map(({ text }) => text);
    const spoken = await checkedPiece(speaker, texts, options);
    checked.push({ ...spoken, endsSentence: piece.endsSentence });
    isTold &&= spoken.isTold;
  }
  const { sound, words } = joinSpeech(checked);
  return {
    sound,
    timings: { source: isTold ? 'synthesiser' : 'measured', words: shownTimes(pieces, words) },
  };
}

/** A scene without words. */
export function silence(): Speech {
  const samples = new Int16Array((NARRATION_RATE * SILENT_SCENE_MS) / 1_000);
  return {
    sound: { samples, sampleRate: NARRATION_RATE },
    timings: { source: 'measured', words: [] },
  };
}

export function canBeSaid({ words }: Piece): boolean {
  return words.some(({ text }) => hasSpeech(text));
}

/** Times for all shown words, in whole ms; `times` has those of the pieces that were spoken. */
function shownTimes(pieces: readonly Piece[], times: readonly Interval[]): SpokenWord[] {
  let next = 0;
  let reachedMs = times[0]?.startMs ?? 0;
  return pieces.flatMap((piece) => {
    const isSpoken = canBeSaid(piece);
    return piece.words.map(({ text, sentence, glued }) => {
      const time = isSpoken ? times[next++] : undefined;
      const startMs = Math.round(time?.startMs ?? reachedMs);
      const endMs = Math.round(time?.endMs ?? reachedMs);
      reachedMs = endMs;
      return { text, startMs, endMs, sentence, ...(glued ? { glued } : {}) };
    });
  });
}

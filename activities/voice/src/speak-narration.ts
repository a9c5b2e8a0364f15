import type { SpeechTimings, SpokenWord } from '@aura/proto';
import { progress } from '@aura/work';
import type { UnderstoodDelivery } from './delivery.js';
import { changePauses } from './sound/change-pauses.js';
import { joinSpeech, type CheckedPiece } from './sound/join-speech.js';
import { NARRATION_RATE } from './sound/master-narration.js';
import type { Sound } from './sound/wav.js';
import { speakTake, type Speaker, type TakeOptions, type Utterance } from './speak-take.js';
import { canBeSaid, takesOf, type Take } from './takes.js';
import type { NarrationText, Piece } from './text/narration-text.js';
import { pronounced } from './text/pronounced.js';
import type { Interval } from './voice-provider.js';

export interface Speech {
  sound: Sound;
  timings: SpeechTimings;
}

/** How long a scene without a word to say is shown. */
const SILENT_SCENE_MS = 2_000;

/**
 * Speaks a narration take by take and joins the takes. Words of pieces in which nothing can be said
 * (a line of emoji) are shown for no time after the piece before.
 * Errors: those of speakTake.
 */
export async function speakNarration(
  speaker: Speaker & { delivery: UnderstoodDelivery },
  { pieces }: NarrationText,
  options: TakeOptions,
): Promise<Speech> {
  const { pauses, pronunciations, speed } = speaker.delivery;
  const takes = takesOf(pieces, speaker.provider.longestText);
  const checked: CheckedPiece[] = [];
  let isTold = true;
  for (const [index, take] of takes.entries()) {
    progress((90 * index) / takes.length, `speaking part ${index + 1} of ${takes.length}`);
    const utterance = utteranceOf(take, pronunciations);
    const spoken = await speakTake({ ...speaker, speed }, utterance, options);
    checked.push({ ...spoken, endsSentence: take.at(-1)?.endsSentence ?? true });
    isTold &&= spoken.isTold;
  }
  const joined = joinSpeech(checked);
  const sentences = takes.flat().flatMap(({ words }) => words.map(({ sentence }) => sentence));
  const { sound, words } = pauses === 1 ? joined : changePauses(joined, sentences, pauses);
  return {
    sound,
    timings: { source: isTold ? 'synthesiser' : 'measured', words: shownTimes(pieces, words) },
  };
}

/** What is said in one take, word by word. */
export function utteranceOf(
  take: Take,
  pronunciations: ReadonlyMap<string, string> = new Map(),
): Utterance {
  const words = take.flatMap((piece) => piece.words);
  return {
    words: pronounced(
      words.map(({ text }) => text),
      pronunciations,
    ),
    glued: words.map(({ glued }) => glued),
    sentences: words.map(({ sentence }) => sentence),
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

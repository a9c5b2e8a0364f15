import { MS_PER_LETTER, speechWeight } from '../../text/speech-weight.js';

/** What no reading of a text takes longer than, in ms; longer sounds are refused, and not read to their end. */
export function longestSpeechMs(text: string, speed = 1): number {
  return (speechWeight(text) * MS_PER_LETTER * 4) / speed + 5_000;
}

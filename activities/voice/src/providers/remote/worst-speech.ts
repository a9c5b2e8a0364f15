import { SPEECH_TOKENS_PER_SECOND, type Usage } from '@aura/provider';
import { speechWeight } from '../../text/speech-weight.js';

/** For each letter's worth of speech: four times as long as it usually takes. */
const SLOWEST_SECONDS = 0.25;
/** Instructions and the rest of a request. */
const MORE_TOKENS = 100;

/** The most that speaking a text can use up, by whatever it is paid: no tokenizer makes more of it than it has bytes. */
export function worstSpeech(text: string): Usage {
  const seconds = Math.ceil(speechWeight(text) * SLOWEST_SECONDS + 2);
  return {
    characters: Array.from(text).length,
    inputTokens: Buffer.byteLength(text) + MORE_TOKENS,
    outputTokens: Math.ceil(seconds * SPEECH_TOKENS_PER_SECOND),
    seconds,
  };
}

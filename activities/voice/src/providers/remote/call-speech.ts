import path from 'node:path';
import type { Account, Expense } from '@aura/provider';
import { decodeSpeech } from '../../sound/decode-speech.js';
import { spokenText } from '../../text/spoken-text.js';
import type { AskForReply, SpeakOptions, SpeechPiece, SpokenPiece } from '../../voice-provider.js';
import { longestSpeechMs } from './longest-speech.js';
import type { VoiceDeps } from '../voice-entry.js';

/** Three minutes of stereo at 48 kHz and more; no piece of ours is longer. */
export const REPLY_BYTES = 48 * 1024 * 1024;

export interface SpeechCall {
  account: Account;
  model?: string | undefined;
  path: string;
  /** The request's body for a text. */
  request: (text: string) => object;
  expense?: ((text: string) => Expense | undefined) | undefined;
}

/**
 * Asks a service that answers with a file of sound and tells no times: the reply streams into the scratch
 * folder, bounded, and is read by its content. Errors: those of `Vendors`, NarrationInvalid.
 */
export async function callSpeech(
  { vendors, ffmpegPath }: VoiceDeps,
  call: SpeechCall,
  piece: SpeechPiece,
  options: SpeakOptions,
): Promise<SpokenPiece> {
  const { text } = spokenText(piece.words, piece.glued);
  const expense = call.expense?.(text);
  const file = await replyFile(options, async ({ scratch, signal }) => {
    const saveTo = path.join(scratch, `${call.account.vendor}-${(serial += 1)}.audio`);
    await vendors.callVendor({
      account: call.account,
      endpoint: 'speech',
      path: call.path,
      json: call.request(text),
      limits: { maxBytes: REPLY_BYTES },
      saveTo,
      signal,
      ...(call.model === undefined ? {} : { model: call.model }),
      ...(expense ? { expense } : {}),
    });
    return saveTo;
  });
  const longestMs = longestSpeechMs(text, piece.speed);
  const sound = await decodeSpeech(file, { ...options, ffmpegPath, longestMs });
  return { sound, words: piece.words.map(() => undefined) };
}

/** What a service answers, on record where it costs money. */
export function replyFile(options: SpeakOptions, ask: AskForReply): Promise<string> {
  return options.keep ? options.keep(ask) : ask(options);
}

/** Replies of one unit lie beside each other in its scratch folder. */
let serial = 0;

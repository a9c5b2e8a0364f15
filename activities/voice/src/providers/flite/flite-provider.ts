import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { envelopeOf } from '../../sound/envelope.js';
import { durationMsOf } from '../../sound/wav.js';
import type {
  Interval,
  SpeakOptions,
  SpeechPiece,
  SpokenPiece,
  VoiceProvider,
} from '../../voice-provider.js';
import { readVoiceFile, runVoice } from '../run-voice.js';
import { alignPhones, type TimedPhone } from './align-phones.js';
import { audibleStart } from './audible-start.js';
import { fliteVoiceFor } from './flite-voices.js';
import { fliteWords } from './flite-words.js';

/**
 * flite: English, statistical voices. It prints each phone with its end; which phones are which word is
 * found by asking its quickest voice for every word alone (`-ps`), with the same lexicon and number rules.
 */
export function fliteProvider({ flitePath }: { flitePath: string }): VoiceProvider {
  const run = (args: readonly string[], signal?: AbortSignal, onLine?: (line: string) => void) =>
    runVoice({ name: 'flite', program: flitePath, args, language: 'en', signal, onLine });

  return {
    name: 'flite',
    program: flitePath,
    languages: ['en'],
    speeds: { from: 0.5, to: 2 },
    voiceFor: fliteVoiceFor,

    async version(signal) {
      const lines: string[] = [];
      try {
        await run(['--version'], signal, (line) => lines.push(line));
      } catch (error) {
        // flite prints its version and ends with exit code 1.
        if (!(error instanceof Failure) || error.code !== 'VoiceFailed') throw error;
      }
      const version = /flite-\S+(?: \w{3} \d{4})?/u.exec(lines.join('\n'))?.[0];
      if (version === undefined)
        throw new Failure('VoiceFailed', 'flite does not tell its version.');
      return version;
    },

    async speak(piece: SpeechPiece, { scratch, signal }: SpeakOptions): Promise<SpokenPiece> {
      const forms = fliteWords(piece.words);
      const spoken = forms.flatMap((form, word) => (form === '' ? [] : [{ form, word }]));
      const text = path.join(scratch, 'flite.txt');
      const wav = path.join(scratch, 'flite.wav');
      await writeFile(text, `${spoken.map(({ form }) => form).join(' ')}\n`);
      const { stdout } = await run(
        ['-voice', piece.voice.name, ...speedArgs(piece), '-psdur', '-f', text, '-o', wav],
        signal,
      );
      const { sound } = await readVoiceFile(wav, 'flite');

      const list = path.join(scratch, 'flite-words.txt');
      await writeFile(list, `${spoken.map(({ form }) => aloneForm(form)).join('\n\n')}\n`);
      const alone = await run(['-voice', 'kal', '-ps', '-f', list, '-o', 'none'], signal);
      const phones = phonesOf(alone.stdout);
      const words: (Interval | undefined)[] = forms.map(() => undefined);
      if (phones.length === spoken.length) {
        const times = alignPhones(timedPhones(stdout, durationMsOf(sound)), phones);
        const envelope = envelopeOf(sound);
        for (const [index, { word }] of spoken.entries()) {
          const time = times[index];
          words[word] = time && { startMs: audibleStart(time.first, envelope), endMs: time.endMs };
        }
      }
      return { sound, words };
    },
  };
}

function speedArgs({ speed = 1 }: SpeechPiece): string[] {
  return speed === 1 ? [] : ['--setf', `duration_stretch=${(1 / speed).toFixed(4)}`];
}

/** One utterance per word: nothing in it may end an utterance early. */
function aloneForm(form: string): string {
  return form.replaceAll(/[.!?,;:]+(?=\s|$)/gu, '').trim() || form;
}

function phonesOf(output: string): string[][] {
  return output
    .split('\n')
    .map((line) => line.trim().split(/\s+/u).filter(Boolean))
    .filter((phones) => phones.length > 0);
}

/**
 * Reads `-psdur`: one line per utterance, "phone:end" in seconds from the utterance's start. Utterances
 * follow each other in the file; their printed ends are up to a frame (5 ms) beyond what was written, so
 * the whole is fitted to the file's length.
 */
export function timedPhones(output: string, durationMs: number): TimedPhone[] {
  const phones: TimedPhone[] = [];
  let utteranceMs = 0;
  for (const line of output.split('\n')) {
    let reachedMs = utteranceMs;
    for (const [, phone = '', end = ''] of line.matchAll(/(\S+):(\d+(?:\.\d+)?)/gu)) {
      const endMs = utteranceMs + Number(end) * 1_000;
      phones.push({ phone, startMs: reachedMs, endMs });
      reachedMs = endMs;
    }
    utteranceMs = reachedMs;
  }
  const scale = utteranceMs > 0 ? Math.min(1, durationMs / utteranceMs) : 1;
  return phones.map(({ phone, startMs, endMs }) => ({
    phone,
    startMs: startMs * scale,
    endMs: endMs * scale,
  }));
}

import path from 'node:path';
import { Failure } from '@aura/failure';
import type { Sound } from '../../sound/wav.js';
import type {
  Interval,
  SpeakOptions,
  SpeechPiece,
  SpokenPiece,
  VoiceProvider,
} from '../../voice-provider.js';
import { readVoiceFile, runVoice } from '../run-voice.js';
import { ESPEAK_LANGUAGES } from './espeak-languages.js';
import { espeakVoiceFor } from './espeak-voices.js';
import { espeakWords } from './espeak-words.js';
import { markedText } from './marked-text.js';
import { wordTimes } from './word-times.js';

/** Words a minute; the program's own 175 is hurried for a narration. */
const SPEED = 160;

/**
 * espeak-ng: a formant voice for some hundred languages. The program does not print when its words are
 * spoken, so it speaks everything twice, the second time with the words' amplitudes marked.
 */
export function espeakProvider({ espeakPath }: { espeakPath: string }): VoiceProvider {
  return {
    name: 'espeak-ng',
    program: espeakPath,
    languages: ESPEAK_LANGUAGES,
    speeds: { from: 0.5, to: 2 },
    voiceFor: espeakVoiceFor,

    async version(signal) {
      const { stdout } = await runVoice({
        name: 'espeak-ng',
        program: espeakPath,
        args: ['--version'],
        language: 'und',
        signal,
      });
      return /text-to-speech: (?<version>\S+)/u.exec(stdout)?.groups?.['version'] ?? 'espeak-ng';
    },

    async speak(piece: SpeechPiece, options: SpeakOptions): Promise<SpokenPiece> {
      const forms = await espeakWords(piece.words, piece.language);
      const text = markedText(forms);
      const say = (input: string, name: string) =>
        synthesise({ espeakPath, piece, input, file: path.join(options.scratch, name), options });
      const plain = await say(text.plain, 'espeak.wav');
      const marked = await say(text.marked, 'espeak-marked.wav');
      return { sound: plain, words: timesOf({ piece, forms, plain, marked }) };
    },
  };
}

interface Synthesis {
  espeakPath: string;
  piece: SpeechPiece;
  input: string;
  file: string;
  options: SpeakOptions;
}

async function synthesise({ espeakPath, piece, input, file, options }: Synthesis): Promise<Sound> {
  const speed = String(Math.round(SPEED * (piece.speed ?? 1)));
  const args = ['-v', piece.voice.name, '-s', speed, '-b', '1', '--stdin', '-w', file];
  try {
    await runVoice({
      name: 'espeak-ng',
      program: espeakPath,
      args,
      stdin: input,
      language: piece.language,
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof Failure && /voice does not exist/iu.test(error.details ?? '')) {
      throw new Failure(
        `VoiceUnavailable:${piece.language}`,
        `The installed espeak-ng has no voice ${piece.voice.name}.`,
        { cause: error },
      );
    }
    throw error;
  }
  const { sound } = await readVoiceFile(file, 'espeak-ng');
  return sound;
}

function timesOf({
  piece,
  forms,
  plain,
  marked,
}: {
  piece: SpeechPiece;
  forms: readonly string[];
  plain: Sound;
  marked: Sound;
}): (Interval | undefined)[] {
  const spoken = forms.flatMap((form, word) => (form === '' ? [] : [word]));
  const times = wordTimes(plain, marked, spoken.length);
  const words: (Interval | undefined)[] = piece.words.map(() => undefined);
  for (const [index, word] of spoken.entries()) words[word] = times?.[index];
  return words;
}

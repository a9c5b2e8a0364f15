import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import type {
  Interval,
  SpeakOptions,
  SpeechPiece,
  SpokenPiece,
  VoiceProvider,
} from '../../voice-provider.js';
import { fliteWords } from '../flite/flite-words.js';
import { readVoiceFile, runVoice } from '../run-voice.js';
import type { VoiceEntry } from '../voice-entry.js';
import type { VoiceSettings } from '../voice-settings.js';
import { FESTIVAL_VOICE, festivalScript, timedTokens, type TimedToken } from './festival-script.js';

const NAME = 'festival';

/** Festival with its statistical voice: American English, smoother than flite, one woman. */
export const festival: VoiceEntry = {
  name: NAME,
  stage: 'voice',
  kind: 'speech',
  runs: 'local',
  gives:
    'A smooth American woman’s voice on this machine, where Festival and festvox-us-slt-hts are installed.',
  capabilities: { languages: ['en'], wordTimings: true, deterministic: true },
  settings: ['FESTIVAL_PATH'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4 },
  create: festivalProvider,
};

function festivalProvider({ festivalPath = 'festival' }: VoiceSettings): VoiceProvider {
  const run = (args: readonly string[], signal?: AbortSignal) =>
    runVoice({ name: 'Festival', program: festivalPath, args, language: 'en', signal });
  return {
    name: NAME,
    program: festivalPath,
    isOptional: true,
    languages: ['en'],
    voiceFor: ({ language, name }) =>
      new Intl.Locale(language).language === 'en'
        ? { name: FESTIVAL_VOICE, gender: 'f', language: 'en-US', isNamed: name === FESTIVAL_VOICE }
        : undefined,

    async version(signal) {
      const { stdout } = await run(['--version'], signal);
      return /System: (?<version>[\d.]+)/u.exec(stdout)?.groups?.['version'] ?? NAME;
    },

    async speak(piece: SpeechPiece, { scratch, signal }: SpeakOptions): Promise<SpokenPiece> {
      const forms = fliteWords(piece.words).map((form) => form.replaceAll('"', ''));
      const wav = path.join(scratch, 'festival.wav');
      const script = path.join(scratch, 'festival.scm');
      await writeFile(script, festivalScript(forms.filter(Boolean).join(' '), wav));
      const { stdout, stderr } = await run(['-b', script], signal);
      if (/unbound variable: voice_|unbound variable : voice_/u.test(stderr)) {
        throw new Failure(
          `VoiceUnavailable:${piece.language}`,
          `Festival has not the voice ${FESTIVAL_VOICE} (Debian: festvox-us-slt-hts).`,
        );
      }
      const { sound } = await readVoiceFile(wav, 'Festival');
      return { sound, words: wordsFrom(forms, timedTokens(stdout)) };
    },
  };
}

/** Each word has as many tokens as its form has parts; no times where the program cut the text otherwise. */
function wordsFrom(
  forms: readonly string[],
  tokens: readonly (TimedToken | undefined)[],
): (Interval | undefined)[] {
  const counts = forms.map((form) => form.split(' ').filter(Boolean).length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== tokens.length) return forms.map(() => undefined);
  let next = 0;
  return counts.map((count) => {
    const own = tokens.slice(next, next + count).filter((token) => token !== undefined);
    next += count;
    const first = own[0];
    return first && { startMs: first.startMs, endMs: own.at(-1)?.endMs ?? first.endMs };
  });
}

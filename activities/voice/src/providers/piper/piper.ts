import { Failure } from '@aura/failure';
import { piperAccount, type Account } from '@aura/provider';
import type {
  SpeakOptions,
  SpeechPiece,
  SpokenPiece,
  VoiceProvider,
} from '../../voice-provider.js';
import { listedModels } from '../remote/listed-models.js';
import { listedVoiceFor, type ListedVoice } from '../remote/listed-voices.js';
import { callSpeech, REPLY_BYTES } from '../remote/call-speech.js';
import type { VoiceDeps, VoiceEntry } from '../voice-entry.js';
import type { VoiceSettings } from '../voice-settings.js';
import { piperVoices } from './piper-voices.js';

const NAME = 'piper';
const CONCURRENT_CALLS = 2;

/**
 * Piper by its HTTP server (python3 -m piper.http_server, its docs/API_HTTP.md): POST / with JSON gives a WAV,
 * GET /voices the voices that were downloaded. A program of its own: nothing of it is linked into Aura.
 */
export const piper: VoiceEntry = {
  name: NAME,
  stage: 'voice',
  kind: 'speech',
  runs: 'local',
  gives: 'Natural voices in some forty languages from a Piper server of your own.',
  capabilities: {},
  settings: ['PIPER_URL'],
  price: { kind: 'free' },
  limits: { concurrentCalls: CONCURRENT_CALLS, replyBytes: REPLY_BYTES },
  account,
  create: piperProvider,
};

const NO_VOICES =
  'The Piper server has no voice: python3 -m piper.download_voices en_US-lessac-medium.';

function account({ piper: { url } = {} }: VoiceSettings): Account {
  return piperAccount({ baseUrl: url });
}

/** Where servers speak, older ones first. */
const PATHS = ['/', '/synthesize'] as const;

function piperProvider(settings: VoiceSettings, deps: VoiceDeps): VoiceProvider {
  const own = account(settings);
  let names: readonly string[] = [];
  let listed: ListedVoice[] = [];
  let paths: readonly string[] = PATHS;

  const speakAt = (path: string, piece: SpeechPiece, options: SpeakOptions) =>
    callSpeech(
      deps,
      {
        account: own,
        path,
        request: (text) => ({
          text,
          voice: piece.voice.id ?? piece.voice.name,
          ...(piece.speed === undefined || piece.speed === 1
            ? {}
            : { length_scale: Number((1 / piece.speed).toFixed(4)) }),
        }),
      },
      piece,
      options,
    );

  return {
    name: NAME,
    withoutVoices: NO_VOICES,
    speeds: { from: 0.5, to: 2 },
    get languages() {
      return [...new Set(listed.map(({ language }) => new Intl.Locale(language).language))];
    },
    version: () => Promise.resolve(NAME),
    voiceFor: (wish) => listedVoiceFor(listed, wish),
    async learn(signal) {
      names = await listedModels(
        { vendors: deps.vendors, account: own, withoutVoices: NO_VOICES },
        names,
        signal,
      );
      listed = piperVoices(names);
    },
    async speak(piece, options): Promise<SpokenPiece> {
      const [first = '/', second] = paths;
      try {
        return await speakAt(first, piece, options);
      } catch (error) {
        const isElsewhere = error instanceof Failure && error.code === 'RESOURCE_NOT_FOUND';
        if (!isElsewhere || second === undefined) throw error;
        const spoken = await speakAt(second, piece, options);
        paths = [second];
        return spoken;
      }
    },
  };
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type {
  MeasurePaceRequest,
  Narration,
  NarrateSceneRequest,
  Pace,
  SpeechTimings,
} from '@aura/proto';
import { CallJournal, createVendors, PriceList, type Price, type Vendors } from '@aura/provider';
import { LocalLedger, LocalStore, type ArtifactStore } from '@aura/storage';
import { createVoiceActivities } from '../create-voice-activities.js';
import type { VoiceServices, VoiceSettings } from '../providers/index.js';
import { readWav, type Sound } from '../sound/wav.js';
import { JOB } from './voices.js';

/** A voice stage of its own, whose vendors are servers on this machine. */
export interface VoiceStage {
  root: string;
  store: ArtifactStore;
  vendors: Vendors;
  journal: CallJournal;
  services: VoiceServices;
  narrate(order: Partial<NarrateSceneRequest>): Promise<SpokenScene>;
  /** The sound and the times of a narration that was made otherwise. */
  opened(narration: Narration): Promise<SpokenScene>;
  measure(order: Partial<MeasurePaceRequest>): Promise<Pace>;
  close(): Promise<void>;
}

export interface SpokenScene {
  narration: Narration;
  timings: SpeechTimings;
  sound: Sound;
}

const PRICES: Price[] = [
  { vendor: 'elevenlabs', model: 'eleven_multilingual_v2', charactersPerMillion: 100 },
  { vendor: 'deepgram', model: 'aura-2', charactersPerMillion: 30 },
  { vendor: 'openai', model: 'gpt-4o-mini-tts', inputPerMillion: 0.6, outputPerMillion: 12 },
  { vendor: 'openai', model: 'tts-1', charactersPerMillion: 15 },
].map((price) => ({ ...price, source: 'these tests', asOf: '2026-11-21' }));

export async function voiceStage(
  settings: Partial<VoiceSettings>,
  { totalMs = 20_000 } = {},
): Promise<VoiceStage> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'aura-voices-'));
  const store = new LocalStore(path.join(root, 'store'));
  const journal = new CallJournal(new LocalLedger(root));
  const vendors = createVendors({ journal, timeouts: { defaultMs: totalMs, perVendor: {} } });
  const services: VoiceServices = {
    flitePath: 'flite',
    espeakPath: 'espeak-ng',
    ffmpegPath: 'ffmpeg',
    vendors,
    prices: new PriceList(PRICES),
    ...settings,
  };
  const voices = createVoiceActivities({ ...services, store, ffprobePath: 'ffprobe' });
  const opened = async (narration: Narration): Promise<SpokenScene> => {
    const timings = await readFile(await store.localPath(narration.timings), 'utf8');
    const { sound } = readWav(await readFile(await store.localPath(narration.audio)));
    return { narration, timings: JSON.parse(timings) as SpeechTimings, sound };
  };
  return {
    root,
    store,
    vendors,
    journal,
    services,
    narrate: async (order) => opened(await voices.narrateScene({ ...SCENE, ...order })),
    opened,
    measure: (order) => voices.measurePace({ ...SAMPLE, ...order }),
    close: async () => {
      await vendors.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

const VOICE = { voiceId: '', language: 'en-US' };
export const SCENE: NarrateSceneRequest = {
  job: JOB,
  provider: '',
  voice: VOICE,
  sceneId: 's01',
  text: '',
};
const SAMPLE: MeasurePaceRequest = { job: JOB, provider: '', voice: VOICE, sample: '' };

import type { NarrateSceneRequest } from '@aura/proto';
import { PRICES } from '@aura/provider';
import { startVendor, type Vendor } from '@aura/vendors';
import { createVoiceActivities } from '@aura/voice';
import type { Figures } from '../film.js';
import { round, tookMs } from './figures.js';
import { inWorkplace, type Workplace } from './workplace.js';

const SCENES = 8;
/** How long the vendor thinks about a call, as one over the network does. */
const WORK_MS = 1_000;
/** What the smallest plan takes at once; more are refused. */
const PLACES = 2;

/** Eight scenes at once by a vendor who takes two: four times as long as one, and nobody is turned away. */
export async function parallelVoices(): Promise<Figures> {
  const vendor = await startVendor('elevenlabs', { workMs: WORK_MS, maxAtOnce: PLACES });
  try {
    return await inWorkplace((place) => measured(vendor, place));
  } finally {
    await vendor.close();
  }
}

async function measured(vendor: Vendor, { store, vendors }: Workplace): Promise<Figures> {
  const voices = createVoiceActivities({
    store,
    vendors,
    prices: PRICES,
    flitePath: 'flite',
    espeakPath: 'espeak-ng',
    ffmpegPath: 'ffmpeg',
    ffprobePath: 'ffprobe',
    elevenLabs: { apiKey: vendor.key, baseUrl: vendor.url },
  });
  const speak = (scene: number) => voices.narrateScene(sceneOf(scene));
  await speak(0);
  const oneMs = await tookMs(() => speak(1));
  const scenes = Array.from({ length: SCENES }, (_, index) => index + 2);
  const allMs = await tookMs(() => Promise.all(scenes.map(speak)));
  const refused = vendor.requests().filter(({ status }) => status !== 200).length;
  if (refused > 0) throw new Error(`${refused} of the calls were turned away`);
  return {
    oneVoiceMs: round(oneMs),
    eightVoicesMs: round(allMs),
    eightVoicesOverOne: round(allMs / oneMs),
    voicesAtOnce: vendor.busiest(),
  };
}

function sceneOf(scene: number): NarrateSceneRequest {
  return {
    job: { videoId: 'bench', run: 1, tenantId: 'default', correlationId: 'bench' },
    provider: 'elevenlabs',
    voice: { voiceId: '', language: 'en-US' },
    sceneId: `s${scene}`,
    text: `The keeper writes down ship number ${scene} and goes back to his lamp.`,
  };
}

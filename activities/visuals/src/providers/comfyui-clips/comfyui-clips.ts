import path from 'node:path';
import { Failure } from '@aura/failure';
import { cachedProbe, comfyUiAccount, missingKey, type Account } from '@aura/provider';
import { progress } from '@aura/work';
import { clipInputs, drawnClip } from '../../clips/drawn-clip.js';
import type { VisualsProvider } from '../../visuals-provider.js';
import { noCheckpoint, PICTURE_MS } from '../comfyui/comfyui.js';
import { CLIP_GRAPH, loadGraph } from '../comfyui/comfyui-graph.js';
import { made, ordered, type Painter } from '../comfyui/comfyui-painter.js';
import { ComfyUiServer, ENDPOINTS } from '../comfyui/comfyui-server.js';
import {
  PROGRAMS,
  type VisualsDeps,
  type VisualsEntry,
  type VisualsSettings,
} from '../visuals-entry.js';

const NAME = 'comfyui-clips';
/** What models that let a picture move were trained on: 1024×576. */
const MEGAPIXELS = 0.5625;

/** Pictures that a ComfyUI server of one's own paints and lets move. */
export const comfyUiClips: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'clip-generator',
  runs: 'local',
  gives: 'Clips of a few seconds, painted for each scene by models of your own in ComfyUI.',
  capabilities: { pictures: true, deterministic: true },
  settings: ['COMFYUI_URL', 'COMFYUI_VIDEO_CHECKPOINT', 'COMFYUI_VIDEO_WORKFLOW'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4 },
  account,
  create: clipsOf,
  reportOptions: ({ comfyUi: { videoCheckpoint, videoWorkflowFile } = {} }) => ({
    model: videoCheckpoint,
    endpoints: ENDPOINTS,
    check: async () => {
      try {
        await loadGraph(videoWorkflowFile, CLIP_GRAPH);
        return { usable: true, reason: '' };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return { usable: false, reason: error.message, code: error.code };
      }
    },
  }),
};

/** Whoever has no model for it wants none: a graph of one's own may name its models itself. */
function account({ comfyUi = {} }: VisualsSettings): Account {
  const own = comfyUiAccount({ baseUrl: comfyUi.url });
  if (comfyUi.videoCheckpoint || comfyUi.videoWorkflowFile) return own;
  throw missingKey('COMFYUI_VIDEO_CHECKPOINT');
}

function clipsOf(settings: VisualsSettings, deps: VisualsDeps): VisualsProvider {
  const painter = painterOf(settings, deps);
  const { programs = PROGRAMS } = deps;
  const { checkpoint = '', videoCheckpoint = '' } = settings.comfyUi ?? {};
  return {
    name: NAME,
    recipe: 1,
    inputsOf: async (request) => ({
      graph: (await painter.graph()).version,
      checkpoint,
      videoCheckpoint,
      ...ordered(request, painter),
      clip: clipInputs(request),
    }),
    async draw(request, place) {
      const name = 'made';
      const file = path.join(place.scratch, name);
      const save = (clip: Parameters<ComfyUiServer['save']>[0]) =>
        painter.server.save(clip, file, place.signal);
      await made(painter, { request, place }, save);
      progress(60, `fitting the clip of scene ${request.scene.index + 1}`);
      return drawnClip({ name, swings: true }, request, { ...place, programs });
    },
  };
}

function painterOf(settings: VisualsSettings, { vendors, journal }: VisualsDeps): Painter {
  const own = account(settings);
  const { checkpoint, videoCheckpoint, videoWorkflowFile, pictureMs } = settings.comfyUi ?? {};
  return {
    server: new ComfyUiServer(vendors, own),
    journal,
    graph: () => loadGraph(videoWorkflowFile, CLIP_GRAPH),
    checkpoint: async () => {
      const { models } = await cachedProbe(vendors, own);
      const chosen = checkpoint ?? models.find((model) => model !== videoCheckpoint);
      if (chosen === undefined) throw noCheckpoint();
      return chosen;
    },
    videoCheckpoint,
    megapixels: MEGAPIXELS,
    pictureMs: pictureMs ?? PICTURE_MS,
    makes: 'clip',
  };
}

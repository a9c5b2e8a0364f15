import { cachedProbe, comfyUiAccount, type Account } from '@aura/provider';
import { Failure } from '@aura/failure';
import { providerOf } from '../../pictures/picture-source.js';
import type { VisualsDeps, VisualsEntry, VisualsSettings } from '../visuals-entry.js';
import { loadGraph } from './comfyui-graph.js';
import { ordered, paintedBy, type Painter } from './comfyui-painter.js';
import { ComfyUiServer, ENDPOINTS } from './comfyui-server.js';

const NAME = 'comfyui';
/** Within the time that a picture has; what is not ready by then goes to the next provider. */
export const PICTURE_MS = 270_000;
const MEGAPIXELS = 1;

/** Stable Diffusion and its kin through a ComfyUI server of one's own. */
export const comfyUi: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'picture-generator',
  runs: 'local',
  gives: 'Pictures painted for each scene by a model of your own in ComfyUI.',
  capabilities: { pictures: true, deterministic: true },
  settings: ['COMFYUI_URL', 'COMFYUI_CHECKPOINT', 'COMFYUI_WORKFLOW', 'AURA_DIFFUSION_MEGAPIXELS'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4 },
  account,
  create: (settings, deps) => {
    const painter = painterOf(settings, deps);
    return providerOf({
      name: NAME,
      recipe: 1,
      inputsOf: async (request) => {
        const { version } = await loadGraph(settings.comfyUi?.workflowFile);
        const { comfyUi: { checkpoint = '' } = {} } = settings;
        return { graph: version, checkpoint, ...ordered(request, painter) };
      },
      pictures: (request, place) => paintedBy(painter, request, place),
    });
  },
  reportOptions: ({ comfyUi: { checkpoint, workflowFile } = {} }) => ({
    model: checkpoint,
    endpoints: ENDPOINTS,
    check: async (probe) => {
      try {
        const { needsCheckpoint } = await loadGraph(workflowFile);
        if (needsCheckpoint && probe && !probe.problem && probe.models.length === 0)
          throw noCheckpoint();
        return { usable: true, reason: '' };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return { usable: false, reason: error.message, code: error.code };
      }
    },
  }),
};

function account({ comfyUi: { url } = {} }: VisualsSettings): Account {
  return comfyUiAccount({ baseUrl: url });
}

function painterOf(settings: VisualsSettings, { vendors, journal }: VisualsDeps): Painter {
  const own = account(settings);
  const { checkpoint, workflowFile, megapixels, pictureMs } = settings.comfyUi ?? {};
  return {
    server: new ComfyUiServer(vendors, own),
    journal,
    graph: () => loadGraph(workflowFile),
    checkpoint: async () => {
      const chosen = checkpoint ?? (await cachedProbe(vendors, own)).models[0];
      if (chosen === undefined) throw noCheckpoint();
      return chosen;
    },
    megapixels: megapixels ?? MEGAPIXELS,
    pictureMs: pictureMs ?? PICTURE_MS,
    makes: 'picture',
  };
}

export function noCheckpoint(): Failure {
  return new Failure(
    'RESOURCE_NOT_FOUND',
    'ComfyUI has no checkpoint: put a model into models/checkpoints there.',
  );
}

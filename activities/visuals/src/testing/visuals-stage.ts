import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { IllustrateSceneRequest, Look, Picture, ProviderReport, Scene } from '@aura/proto';
import { CallJournal, createVendors, PRICES, type Vendors } from '@aura/provider';
import { LocalLedger, LocalStore } from '@aura/storage';
import { createVisualsActivities } from '../create-visuals-activities.js';
import { visualsReports } from '../providers/registry.js';
import type { VisualsSettings } from '../providers/visuals-entry.js';

/** A stage of pictures of its own, whose vendors are servers on this machine. */
export interface VisualsStage {
  root: string;
  store: LocalStore;
  vendors: Vendors;
  journal: CallJournal;
  illustrate(order?: SceneOrder): Promise<Picture>;
  /** The picture's bytes. */
  bytesOf(picture: Picture): Promise<Buffer>;
  reports(): Promise<ProviderReport[]>;
  /** Everything that lies in the journal's books, as text. */
  journalText(videoId?: string): Promise<string>;
  close(): Promise<void>;
}

/** What a test wants otherwise than usual. */
export interface SceneOrder {
  provider?: string;
  scene?: Partial<Scene>;
  look?: Partial<Look>;
  aspect?: string;
  /** Of the frame; small unless given. */
  size?: [widthPx: number, heightPx: number];
  quality?: string;
  job?: Partial<IllustrateSceneRequest['job']>;
  take?: number;
}

const SIZES: Record<string, [number, number]> = {
  '16:9': [456, 256],
  '9:16': [256, 456],
  '1:1': [256, 256],
  '4:5': [256, 320],
};

/** One scene of a film about rivers. */
export function sceneRequest(order: SceneOrder = {}): IllustrateSceneRequest {
  const { provider = 'cards', aspect = '1:1', quality = 'draft', take } = order;
  const [widthPx, heightPx] = order.size ?? SIZES[aspect] ?? [256, 256];
  return {
    job: { videoId: 'v1', run: 1, tenantId: 'local', correlationId: 'c1', ...order.job },
    provider,
    render: { widthPx, heightPx, fps: 30, aspect, quality },
    scene: {
      id: 's02',
      index: 1,
      kind: 'statement',
      narration: 'Water carries whole mountains to the sea, grain by grain.',
      heading: 'Water carries mountains',
      points: ['One', 'Two', 'Three'],
      visualPrompt: 'a river delta from above',
      keywords: ['water'],
      ...order.scene,
    },
    look: {
      title: 'Rivers',
      style: 'documentary',
      language: 'en-US',
      sceneCount: 6,
      ...order.look,
    },
    ...(take === undefined ? {} : { take }),
  };
}

export async function visualsStage(
  settings: VisualsSettings = {},
  { totalMs = 20_000 } = {},
): Promise<VisualsStage> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'aura-visuals-'));
  const store = new LocalStore(root);
  const journal = new CallJournal(new LocalLedger(root));
  const vendors = createVendors({ journal, timeouts: { defaultMs: totalMs, perVendor: {} } });
  const deps = { vendors, journal, prices: PRICES };
  const activities = createVisualsActivities({ store, ...deps, ...settings });
  return {
    root,
    store,
    vendors,
    journal,
    illustrate: (order) => activities.illustrateScene(sceneRequest(order)),
    bytesOf: async ({ image }) => readFile(await store.localPath(image)),
    reports: () => visualsReports(settings, vendors),
    journalText: async (videoId = 'v1') => JSON.stringify(await journal.calls(videoId)),
    close: async () => {
      await vendors.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

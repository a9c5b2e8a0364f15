import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@aura/failure';
import { freePrice, type CallJournal } from '@aura/provider';
import { progress } from '@aura/work';
import { diffusionPrompt, type DiffusionPrompt } from '../../diffusion/diffusion-prompt.js';
import { diffusionSize } from '../../diffusion/diffusion-size.js';
import { isCanceled } from '../../diffusion/is-canceled.js';
import type { FoundPicture } from '../../pictures/picture-source.js';
import type { PictureSize } from '../../pictures/picture-size.js';
import { scenePrompt } from '../../prompt/scene-prompt.js';
import type { PicturePlace, PictureRequest } from '../../visuals-provider.js';
import { filledGraph, type LoadedGraph } from './comfyui-graph.js';
import {
  nothingMade,
  paintingFailed,
  type ComfyUiServer,
  type FileName,
} from './comfyui-server.js';

/** One ComfyUI, and how it is to be used. */
export interface Painter {
  server: ComfyUiServer;
  journal: CallJournal;
  graph: () => Promise<LoadedGraph>;
  checkpoint: () => Promise<string>;
  /** The model that makes pictures move; of graphs that give clips. */
  videoCheckpoint?: string | undefined;
  megapixels: number;
  pictureMs: number;
  makes: 'picture' | 'clip';
}

const PROVIDER = 'comfyui';
/** Asked more and more seldom: a picture takes seconds to minutes. */
const FIRST_LOOK_MS = 150;
const SELDOM_MS = 1_500;

/** What is ordered besides graph and checkpoint. Pure. */
export function ordered(
  request: PictureRequest,
  { megapixels }: Pick<Painter, 'megapixels'>,
): DiffusionPrompt & PictureSize {
  return {
    ...diffusionPrompt(scenePrompt(request)),
    ...diffusionSize(request.render, megapixels),
  };
}

/** One picture. Errors: as `made`. */
export async function* paintedBy(
  painter: Painter,
  request: PictureRequest,
  place: PicturePlace,
): AsyncGenerator<FoundPicture> {
  const view = (file: FileName) => painter.server.view(file, place.signal);
  yield { bytes: await made(painter, { request, place }, view) };
}

/**
 * Has one picture or clip made, and fetches it. What an attempt before this one has ordered under the same key, and did not live to see, is looked up
 * before anything is ordered again. A cancel takes the order back, and so does the end of the picture's time; a
 * question that is not answered in time does not, since what was ordered is being painted all the same.
 */
export async function made<T>(
  painter: Painter,
  { request, place }: { request: PictureRequest; place: PicturePlace },
  fetch: (file: FileName) => Promise<T>,
): Promise<T> {
  const { server } = painter;
  const { signal } = place;
  const earlier = await earlierOrder(painter, place);
  const promptId = earlier ?? (await order(painter, request, place));
  try {
    return await fetch(await whenPainted(painter, promptId, signal));
  } catch (error) {
    if (isCanceled(signal)) await server.withdraw(promptId);
    throw error;
  }
}

async function order(
  { server, graph, checkpoint, videoCheckpoint, megapixels }: Painter,
  request: PictureRequest,
  { key: unitKey, job, signal }: PicturePlace,
): Promise<string> {
  const loaded = await graph();
  const model = loaded.needsCheckpoint ? await checkpoint() : '';
  const filled = filledGraph(loaded.graph, {
    ...ordered(request, { megapixels }),
    checkpoint: model,
    videoCheckpoint,
  });
  const promptId = randomUUID();
  const expense = {
    videoId: job.videoId,
    capUsd: job.capUsd,
    unitKey,
    provider: PROVIDER,
    price: freePrice(PROVIDER, model),
    worst: ONE,
    usageOf: () => ONE,
    reference: promptId,
  };
  try {
    return await server.submit(filled, { promptId, clientId: unitKey, model }, { expense, signal });
  } catch (error) {
    if (isCanceled(signal)) await server.withdraw(promptId);
    throw error;
  }
}

/** The newest order under this key that ComfyUI still knows and has not failed. */
async function earlierOrder(
  { server, journal }: Painter,
  { key, job, signal }: PicturePlace,
): Promise<string | undefined> {
  const calls = await journal.calls(job.videoId, key);
  const own = calls.filter(({ provider, reference }) => provider === PROVIDER && reference !== '');
  for (const call of own.toReversed().slice(0, MOST_ORDERS)) {
    const { is } = await server.stateOf(call.reference, signal);
    if (is === 'failed') continue;
    const isLost = !call.end || call.end.outcome === 'unknown';
    const byName = is === 'unknown' && isLost ? await server.promptOf(key, signal) : undefined;
    const found = is === 'unknown' ? byName : call.reference;
    if (!found) continue;
    if (isLost) await journal.resolve(call, TAKEN);
    return found;
  }
  return undefined;
}

const ONE = { pictures: 1 };
/** As many as a unit has attempts. */
const MOST_ORDERS = 3;
/** How a call of which nothing was known has ended after all. */
const TAKEN = {
  outcome: 'answered',
  status: 200,
  code: '',
  requestId: '',
  usage: ONE,
  costUsd: 0,
  isEstimate: false,
} as const;

/** Errors: API_ERROR where ComfyUI failed or forgot it, NETWORK_TIMEOUT, PictureInvalid where the graph saved none of what it makes. */
async function whenPainted(
  { server, pictureMs, makes }: Painter,
  promptId: string,
  signal: AbortSignal | undefined,
): Promise<FileName> {
  const endsAtMs = performance.now() + pictureMs;
  for (let waitMs = FIRST_LOOK_MS; ; waitMs = Math.min(SELDOM_MS, waitMs * 1.5)) {
    const state = await server.stateOf(promptId, signal);
    if (state.is === 'done') {
      const file = state[makes];
      if (!file) throw nothingMade(makes);
      return file;
    }
    if (state.is === 'failed') throw paintingFailed(state.why);
    if (state.is === 'unknown') throw paintingFailed('it has forgotten the order');
    if (performance.now() + waitMs > endsAtMs) {
      await server.withdraw(promptId);
      throw new Failure('NETWORK_TIMEOUT', `ComfyUI did not make the ${makes} in time.`, {
        details: `not ready after ${pictureMs} ms`,
      });
    }
    progress(30, 'ComfyUI is painting');
    await rest(waitMs, signal);
  }
}

/** On abort the signal's own reason is thrown. */
async function rest(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

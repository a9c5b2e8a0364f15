import { createComposeActivities } from '@aura/compose';
import type { RenderSpec, Segment, Shot, SoundStyle } from '@aura/proto';
import type { LocalStore } from '@aura/storage';
import { cpuSecondsOf } from '../cpu-seconds.js';
import { watchMemory } from '../peak-memory.js';
import { RENDER } from './shots.js';

const JOB = { videoId: 'bench', run: 1, tenantId: 'local', correlationId: 'bench' };

export interface Rendering {
  segmentsCpuS: number;
  filmCpuS: number;
  wallS: number;
  file: string;
  /** The most that one process of a program has held, by the program's name. */
  peakMb: Record<string, number>;
}

export interface RenderRequest {
  folder: string;
  shots: readonly Shot[];
  preset: string;
  renderer: 'compositor' | 'ffmpeg';
  /** 1080p30 where absent. */
  render?: RenderSpec;
  /** What is heard beside the narration; nothing where absent. */
  sound?: SoundStyle;
  /** Segments at a time; two where absent. */
  atATime?: number;
}

/** From narration and stills to the published film, with a thread for each segment. */
export async function renderFilm(store: LocalStore, request: RenderRequest): Promise<Rendering> {
  const { render = RENDER, shots } = request;
  const activities = activitiesOf(store, request);
  const memory = watchMemory(process.pid);
  const startedMs = Date.now();
  const before = await cpuSecondsOf(process.pid);
  const segments = await renderSegments(store, request);
  const between = await cpuSecondsOf(process.pid);
  const film = await activities.assembleFilm({
    ...baseOf(render),
    ...(request.sound ? { style: { ...PLAIN, sound: request.sound } } : {}),
    title: 'Bench',
    shots: [...shots],
    segments,
  });
  const after = await cpuSecondsOf(process.pid);
  memory.stop();
  return {
    peakMb: memory.peaks(),
    segmentsCpuS: between - before,
    filmCpuS: after - between,
    wallS: (Date.now() - startedMs) / 1_000,
    file: await store.localPath(film.video),
  };
}

/** The segments of a film alone. */
export async function renderSegments(
  store: LocalStore,
  request: RenderRequest,
): Promise<Segment[]> {
  const { shots, render = RENDER, atATime = 2 } = request;
  const activities = activitiesOf(store, request);
  const segments: Segment[] = [];
  const waiting = [...shots.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, shot] = next;
      const previous = shots[index - 1];
      const order = { ...baseOf(render), shot, ...(previous ? { previous } : {}) };
      segments[index] = await activities.encodeSegment(order);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return segments;
}

const PLAIN = { motion: '', fit: '', transitionMs: 0, overlays: [], figures: true };

function baseOf(render: RenderSpec) {
  return { job: JOB, render, language: 'en-US' };
}

function activitiesOf(store: LocalStore, { preset, renderer }: RenderRequest) {
  return createComposeActivities({
    store,
    ffmpegPath: 'ffmpeg',
    ffprobePath: 'ffprobe',
    encoderPreset: preset,
    threads: 1,
    renderer,
  });
}

import type { JobRef, Scene } from '@aura/proto';
import {
  BLOB,
  narrationOf,
  scriptOf,
  type Scenario,
  type Scenarios,
  type Stages,
} from './scenario.js';

type Stage = (request: never) => Promise<unknown>;

interface Asked {
  job?: JobRef;
  provider?: string;
  sceneId?: string;
  scene?: Scene;
  shot?: { sceneId: string };
}

/** Each stage tells its scenario that it was called, then answers as the scenario wants, or as stand-ins do. */
export function standIns(scenarios: Scenarios): object {
  const of = (job: JobRef | undefined) => {
    const scenario = scenarios.get(job?.videoId ?? '');
    if (!scenario) throw new Error(`There is no scenario ${job?.videoId}`);
    return scenario;
  };
  const wrapped = Object.entries(stages(of)).map(([name, stage]) => [
    name,
    (request: Asked) => {
      const { overrides, calls } = of(request.job);
      const scene = request.sceneId ?? request.scene?.id ?? request.shot?.sceneId;
      calls.push([name, scene, request.provider].filter(Boolean).join(' '));
      const own: Stage | undefined = overrides[name as keyof Stages];
      return (own ?? (stage as Stage))(request as never);
    },
  ]);
  return Object.fromEntries(wrapped) as object;
}

/** Stages that answer at once with what a real stage would answer, kept apart by the film they work for. */
function stages(of: (job: JobRef | undefined) => Scenario): Stages {
  const recorded = { seq: 1, state: 'running' };
  return {
    preflight: async ({ job }) => ({
      checks: [],
      chains: { script: ['rules'], voice: ['first'], visuals: ['cards'] },
      gpu: false,
      warnings: [],
      limits: { heartbeatTimeoutMs: 5_000, lanes: 4, gpuWaitMs: 500, stageTimeoutsMs: {} },
      providers: [],
      replacements: [],
      ...of(job).plan,
    }),
    searchDocuments: async () => ({ passages: [], warnings: [] }),
    begin: async () => recorded,
    advance: async (request) => {
      of(request.job).advances.push(request);
      return recorded;
    },
    ask: async () => ({ ...recorded, state: 'awaiting-approval' }),
    decide: async (request) => {
      const { job, rejected, capUsd } = request;
      of(job).decided = request;
      const granted = capUsd === undefined ? {} : { capUsd };
      return { seq: 1, state: rejected ? 'canceling' : 'running', ...granted };
    },
    finish: async (request) => {
      of(request.job).finished = request;
      return { ...recorded, state: request.state };
    },
    publishWorker: async () => recorded,
    keepLog: async () => recorded,
    measurePace: async ({ provider }) => ({
      msPerCharacter: 60,
      msPerSentence: 300,
      provider,
      unitKey: 'pace',
    }),
    writeScript: async ({ job, provider }) => scriptOf(of(job).scenes, provider),
    narrateScene: async (request) => narrationOf(request),
    illustrateScene: async ({ provider, scene }) => ({
      image: BLOB,
      widthPx: 640,
      heightPx: 360,
      provider,
      unitKey: `picture-${scene?.id}`,
      warnings: [],
    }),
    encodeSegment: async ({ shot }) => ({
      sceneId: shot.sceneId,
      index: shot.index,
      video: BLOB,
      frames: shot.frames,
      unitKey: `segment-${shot.sceneId}`,
    }),
    assembleFilm: async (request) => {
      const { job, shots, render } = request;
      of(job).assembled = request;
      return {
        video: BLOB,
        captions: BLOB,
        thumbnail: BLOB,
        durationMs: 0,
        frames: shots.reduce((sum, { frames }) => sum + frames, 0),
        widthPx: render.widthPx,
        heightPx: render.heightPx,
        fps: render.fps,
        videoCodec: 'h264',
        audioCodec: 'aac',
        loudnessLufs: -14,
        truePeakDbtp: -2,
        unitKey: 'film',
        warnings: [],
      };
    },
    releaseScratch: async () => ({ removed: 0 }),
  };
}

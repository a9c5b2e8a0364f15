import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type {
  AdvanceRequest,
  AssembleFilmRequest,
  BlobRef,
  ComposeActivities,
  DecideRequest,
  FailureReport,
  FinishRequest,
  JobRef,
  MakeVideoInput,
  Narration,
  PreflightReport,
  ProviderReport,
  RecordActivities,
  Scene,
  Script,
  ScriptActivities,
  VisualsActivities,
  VoiceActivities,
} from '@aura/proto';

/** All activities in one object, as a worker that serves every stage has them. */
export type Stages = RecordActivities &
  ScriptActivities &
  VoiceActivities &
  VisualsActivities &
  ComposeActivities;

/** What one film's stages do otherwise than the stand-ins, and what was asked of them. */
export interface Scenario {
  overrides: Partial<Stages>;
  scenes: number;
  plan: Partial<PreflightReport>;
  /** What is asked for beyond a brief. */
  order: Partial<MakeVideoInput>;
  /** What graphics hardware the film asks for; absent for none in particular. */
  hardware?: string;
  /** Every call in order: activity, and the scene and provider where it has them. */
  calls: string[];
  advances: AdvanceRequest[];
  decided?: DecideRequest;
  assembled?: AssembleFilmRequest;
  finished?: FinishRequest;
}

export type Scenarios = Map<string, Scenario>;

export const SCENE_MS = 4_000;
export const BLOB: BlobRef = {
  sha256: '0'.repeat(64),
  bytes: 1,
  mediaType: 'application/octet-stream',
};

export function newScenario(given: Partial<Scenario> = {}): Scenario {
  return { overrides: {}, scenes: 3, plan: {}, order: {}, calls: [], advances: [], ...given };
}

/** A film of as many seconds as its stand-in scenes last, so that no script is off target. */
export function orderOf(videoId: string, { scenes, hardware, order }: Scenario): MakeVideoInput {
  const job: JobRef = { videoId, run: 1, tenantId: 'local', correlationId: `c-${videoId}` };
  return {
    job,
    brief: { text: 'A brief.', style: 'documentary', audience: '', language: 'en-US' },
    plan: { targetDurationMs: scenes * (SCENE_MS + 900) + 550, maxScenes: 120 },
    voice: { voiceId: 'en-US-narrator-f', language: 'en-US' },
    render: {
      widthPx: 640,
      heightPx: 360,
      fps: 30,
      aspect: '16:9',
      quality: 'draft',
      ...(hardware ? { hardware } : {}),
    },
    ...order,
  };
}

export function scriptOf(scenes: number, provider: string): Script {
  return {
    title: 'A title',
    language: 'en-US',
    style: 'documentary',
    scenes: Array.from({ length: scenes }, (_, index) => sceneAt(index)),
    provider,
    unitKey: 'script',
    warnings: [],
    materialExhausted: false,
  };
}

export function narrationOf(
  { provider, sceneId }: { provider: string; sceneId: string },
  durationMs = SCENE_MS,
): Narration {
  const unitKey = `voice-${sceneId}`;
  return { audio: BLOB, timings: BLOB, durationMs, provider, voice: 'a', unitKey, warnings: [] };
}

/** An activity's failure as the worker's interceptor would translate it. */
export function failing(code: string, fault: FailureReport['fault']): never {
  const report: FailureReport = {
    code,
    message: `It failed with ${code}.`,
    remediation: '',
    fault,
    details: 'for operators',
    stage: '',
    step: '',
    sceneId: '',
    correlationId: '',
  };
  throw ApplicationFailure.create({
    message: report.message,
    type: code,
    nonRetryable: true,
    details: [report],
  });
}

function sceneAt(index: number): Scene {
  return {
    id: `s${String(index + 1).padStart(2, '0')}`,
    index,
    kind: 'statement',
    narration: `Sentence number ${index + 1} is spoken here.`,
    heading: '',
    points: [],
    visualPrompt: '',
    keywords: [],
  };
}

/** Alive, and not getting on. */
export async function beating(ms: number): Promise<void> {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(100)) heartbeat();
}

export function reportOn(name: string, account: string): ProviderReport {
  const facts = { kind: 'speech', remote: true, configured: true, account, gives: '', models: [] };
  return { name, stage: 'voice', usable: true, reason: '', languages: [], facts };
}

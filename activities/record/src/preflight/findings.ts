import {
  NEEDED_STAGES,
  QUEUES,
  WORKER_CHECKS,
  type Chains,
  type Check,
  type PreflightRequest,
  type WorkerCheckName,
  type WorkerReport,
  type WorkerStage,
} from '@aura/proto';
import type { FailureCode } from '@aura/failure';
import { chainOf, obstaclesOf } from './chains.js';

/** What is there: workers that have reported within a minute, and stages whose queue is polled. */
export interface Surroundings {
  workers: WorkerReport[];
  polled: ReadonlySet<WorkerStage>;
}

export interface Finding extends Check {
  /** Set where it keeps the job from being made. */
  code?: FailureCode;
  /** Whether it may pass by itself within moments: a worker that is just starting, memory or space in use. */
  passing?: boolean;
}

export type Obstacle = Finding & { code: FailureCode };

export interface Findings {
  checks: Finding[];
  chains: Chains;
  gpu: boolean;
}

/** Everything that preflight looks at, named, the gravest obstacle first. Pure. */
export function findingsOf(request: PreflightRequest, { workers, polled }: Surroundings): Findings {
  const language = request.voice.language || request.brief.language;
  const serving = (stage: WorkerStage) => workers.filter(({ stages }) => stages.includes(stage));
  const chains: Chains = {
    script: chainOf('script', serving('script'), request.brief.language),
    voice: chainOf('voice', serving('voice'), language),
    visuals: chainOf('visuals', serving('visuals'), request.brief.language),
  };
  const hands = NEEDED_STAGES.map((stage) => workerFinding(stage, serving(stage), polled));
  const checks = [
    briefFinding(request),
    ...hands,
    ...machineFindings(NEEDED_STAGES.map(serving)),
    ...(['script', 'voice', 'visuals'] as const).map((stage) => {
      const obstacles = obstaclesOf(stage, serving(stage), language);
      return chainFinding(stage, chains[stage], { language, obstacles });
    }),
  ];
  return { checks, chains, gpu: polled.has('compose-gpu') };
}

function briefFinding({ brief }: PreflightRequest): Finding {
  if (/[\p{L}\p{N}]/u.test(brief.text)) return healthy('Brief', 'there is something to tell');
  return obstacle('Brief', 'InvalidInput:brief', 'The brief holds no words.');
}

function workerFinding(
  stage: WorkerStage,
  serving: WorkerReport[],
  polled: ReadonlySet<WorkerStage>,
): Finding {
  const name = `Worker:${stage}`;
  if (polled.has(stage) && serving.length > 0) {
    return healthy(name, serving.map(({ workerId }) => workerId).join(', '));
  }
  const detail = polled.has(stage)
    ? `The worker of ${QUEUES[stage]} has not said yet what it has.`
    : `No worker serves the queue ${QUEUES[stage]}.`;
  return { ...obstacle(name, `NoWorker:${QUEUES[stage]}`, detail), passing: true };
}

/** What other films of this machine use, they give back. */
const PASSING: ReadonlySet<string> = new Set(['Memory', 'DiskSpace']);

/** A machine check fails where no worker of one of the stages passes it. */
function machineFindings(groups: WorkerReport[][]): Finding[] {
  return (Object.keys(WORKER_CHECKS) as WorkerCheckName[]).flatMap((name): Finding[] => {
    const ofGroups = groups
      .map((group) => group.flatMap(({ checks }) => checks).filter((check) => check.name === name))
      .filter((checks) => checks.length > 0);
    const failing = ofGroups.find((checks) => checks.every(({ status }) => status === 'Unhealthy'));
    if (failing) {
      const found = obstacle(name, WORKER_CHECKS[name], failing[0]?.detail ?? '');
      return [PASSING.has(name) ? { ...found, passing: true } : found];
    }
    const best = ofGroups.flat().find(({ status }) => status !== 'Unhealthy');
    return best ? [{ name, status: best.status, detail: best.detail }] : [];
  });
}

function chainFinding(
  stage: keyof Chains,
  chain: string[],
  { language, obstacles }: { language: string; obstacles: string[] },
): Finding {
  const name = `Providers:${stage}`;
  if (chain.length > 0) return healthy(name, chain.join(', '));
  const why = obstacles.join('; ') || 'none is installed';
  const code = stage === 'voice' ? (`VoiceUnavailable:${language}` as const) : undefined;
  const detail = `No provider of ${stage} can be used (${why}).`;
  return obstacle(name, code ?? `NoWorker:${QUEUES[stage]}`, detail);
}

function healthy(name: string, detail: string): Finding {
  return { name, status: 'Healthy', detail };
}

function obstacle(name: string, code: FailureCode, detail: string): Obstacle {
  return { name, status: 'Unhealthy', detail, code };
}

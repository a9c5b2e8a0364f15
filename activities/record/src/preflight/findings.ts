import {
  ENCODERS_CHECK,
  encodersFor,
  HARDWARE_CHECK,
  NEEDED_STAGES,
  QUEUES,
  WORKER_CHECKS,
  type Chains,
  type Check,
  type PreflightReport,
  type Warning,
  type PreflightRequest,
  type RenderSpec,
  type WorkerCheckName,
  type WorkerReport,
  type WorkerStage,
} from '@aura/proto';
import { isFailureCode, type FailureCode } from '@aura/failure';
import { chainOf, namesOf, type StageChain, type Wish } from '@aura/provider';

/** What is there: workers that have reported within a minute, and stages whose queue is polled. */
export interface Surroundings {
  workers: WorkerReport[];
  polled: ReadonlySet<WorkerStage>;
  /** The configured order of each chain; empty or absent: all providers, as registered. */
  orders?: Partial<Record<keyof Chains, readonly string[]>>;
}

export interface Finding extends Check {
  /** Set where it keeps the job from being made. */
  code?: FailureCode;
  /** Whether it may pass by itself within moments: a worker that is just starting, memory or space in use. */
  passing?: boolean;
}

export type Obstacle = Finding & { code: FailureCode };

export interface Findings extends Pick<
  PreflightReport,
  'chains' | 'gpu' | 'providers' | 'replacements' | 'warnings'
> {
  checks: Finding[];
  chains: Chains;
}

/** Everything that preflight looks at, named, the gravest obstacle first. Pure. */
export function findingsOf(
  request: PreflightRequest,
  { workers, polled, orders = {} }: Surroundings,
): Findings {
  const { brief, voice, choice } = request;
  const serving = (stage: WorkerStage) => workers.filter(({ stages }) => stages.includes(stage));
  const spoken = voice.language || brief.language;
  const chained = CHAINED.filter((stage) => stage !== 'voice' || !request.film?.isUnspoken);
  const chains = chained.map((stage) => {
    const language = stage === 'voice' ? spoken : brief.language;
    const wish = { language, choice, order: orders[stage] };
    const names = namesOf(stage, serving(stage));
    return { stage, wish, names, chain: chainOf(stage, serving(stage), wish) };
  });
  const gpus = serving('compose-gpu').filter((worker) => isFit(worker) && hasHardware(worker));
  const hands = NEEDED_STAGES.map((stage) => workerFinding(stage, serving(stage), polled));
  const checks = [
    briefFinding(request),
    ...hands,
    ...machineFindings(NEEDED_STAGES.map(serving)),
    ...encoderFindings(request, serving('compose-cpu')),
    ...hardwareFinding(request, polled.has('compose-gpu') ? gpus : []),
    ...chains.map(chainFinding),
  ];
  const providers = chains.flatMap(({ chain }) => chain.providers);
  const namesIn = (stage: keyof Chains) =>
    providers.filter((report) => report.stage === stage).map(({ name }) => name);
  return {
    checks,
    chains: { script: namesIn('script'), voice: namesIn('voice'), visuals: namesIn('visuals') },
    gpu: polled.has('compose-gpu') && gpus.length > 0,
    providers,
    replacements: chains.flatMap(({ chain }) => chain.replacements),
    warnings: chains.flatMap(strangers),
  };
}

const CHAINED = ['script', 'voice', 'visuals'] as const satisfies (keyof Chains)[];

function briefFinding({ brief, film }: PreflightRequest): Finding {
  if (film?.isOwn) return healthy('Brief', 'the order says what is seen and heard');
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
const PASSING: ReadonlySet<string> = new Set(['Memory', 'DiskSpace', 'ArtifactStore']);

/** What keeps a provider from its work that may be back by itself; workers tell it within seconds. */
const BACK_SOON: ReadonlySet<string> = new Set([
  'TransientNetworkFailure',
  'NETWORK_TIMEOUT',
  'CIRCUIT_OPEN',
]);

/** A machine check fails where no worker of one of the stages passes it. */
function machineFindings(groups: WorkerReport[][]): Finding[] {
  return (Object.keys(WORKER_CHECKS) as WorkerCheckName[]).flatMap((name): Finding[] => {
    const ofGroups = groups
      .map((group) => group.flatMap(({ checks }) => checks).filter((check) => check.name === name))
      .filter((checks) => checks.length > 0);
    const failing = ofGroups.find((checks) => checks.every(({ status }) => status === 'Unhealthy'));
    if (failing) {
      const detail = failing[0]?.detail ?? '';
      const found = obstacle(name, codeOf(name, detail), detail);
      return [PASSING.has(name) ? { ...found, passing: true } : found];
    }
    const best = ofGroups.flat().find(({ status }) => status !== 'Unhealthy');
    return best ? [{ name, status: best.status, detail: best.detail }] : [];
  });
}

/** Of a system that is none the code says which. */
function codeOf(name: WorkerCheckName, detail: string): FailureCode {
  const system = /^\w+/.exec(detail)?.[0];
  return name === 'OperatingSystem' && system ? `UnsupportedOS:${system}` : WORKER_CHECKS[name];
}

/** Workers of before there was such a check have none. */
function hasHardware({ checks }: WorkerReport): boolean {
  return checks.every(({ name, status }) => name !== HARDWARE_CHECK || status === 'Healthy');
}

/** The first film whose encoders nobody has, or that all are there. */
function encoderFindings({ render, film }: PreflightRequest, workers: WorkerReport[]): Finding[] {
  const found = [render, ...(film?.outputs ?? [])].flatMap((one) => encoderFinding(one, workers));
  return found
    .filter(({ code }) => code !== undefined)
    .concat(found)
    .slice(0, 1);
}

/** A film needs a worker with its encoders. Workers of before they told of theirs are trusted. */
function encoderFinding(render: RenderSpec, workers: WorkerReport[]): Finding[] {
  const told = workers.map(({ checks }) => checks.find(({ name }) => name === ENCODERS_CHECK));
  const needed = encodersFor(render);
  if (told.length === 0 || told.some((check) => check === undefined)) return [];
  const lacking = told.map((check) =>
    needed.filter((name) => !check?.detail.split(' ').includes(name)),
  );
  if (lacking.some((names) => names.length === 0))
    return [healthy(ENCODERS_CHECK, needed.join(' '))];
  const detail = `No compose worker has an FFmpeg with ${needed.join(' and ')}.`;
  return [obstacle(ENCODERS_CHECK, `EncoderMissing:${lacking[0]?.[0]}`, detail)];
}

/** A film that may be encoded by NVIDIA's hardware alone needs a worker that has some. */
function hardwareFinding({ render }: PreflightRequest, gpus: WorkerReport[]): Finding[] {
  if (render.hardware !== 'nvidia') return [];
  const found = gpus
    .flatMap(({ checks }) => checks)
    .find(({ name, detail }) => name === HARDWARE_CHECK && detail.startsWith('nvenc '));
  if (found) return [healthy(HARDWARE_CHECK, found.detail)];
  const detail = 'The job asks for an NVIDIA GPU and no worker has one that works.';
  return [obstacle(HARDWARE_CHECK, 'RequiresNvidiaGPU', detail)];
}

/** A worker that lacks nothing it has looked at. */
function isFit({ checks }: WorkerReport): boolean {
  return checks.every(({ status }) => status !== 'Unhealthy');
}

/** A name in the configured order that no worker knows is a slip of the pen, and must not shorten a chain in silence. */
function strangers({ stage, wish, names }: Chained): Warning[] {
  const unknown = (wish.order ?? []).filter((name) => !names.includes(name));
  if (unknown.length === 0 || names.length === 0) return [];
  const message = `AURA_${stage.toUpperCase()}_CHAIN names ${unknown.join(', ')}; there are ${names.join(', ')}.`;
  return [{ code: 'ProviderUnknown', message, stage, sceneId: '' }];
}

interface Chained {
  stage: keyof Chains;
  wish: Wish;
  /** All providers of the stage, usable or not. */
  names: string[];
  chain: StageChain;
}

function chainFinding({ stage, wish, names, chain: { providers, unusable } }: Chained): Finding {
  const name = `Providers:${stage}`;
  if (providers.length > 0) return healthy(name, providers.map((one) => one.name).join(', '));
  const named = wish.choice?.[stage] ?? '';
  if (named !== '' && names.length > 0 && !names.includes(named)) {
    const detail = `There is no provider of ${stage} that is called ${named}: ${names.join(', ')}.`;
    return obstacle(name, `InvalidInput:options.providers.${stage}`, detail);
  }
  const why = unusable
    .map(({ report, reason }) => `${report.name}: ${reason.replace(/\.$/, '')}`)
    .join('; ');
  const detail = named
    ? `${why || named}. The job asks for it alone.`
    : `No provider of ${stage} can be used (${why || 'none is installed'}).`;
  const code = named === '' ? undefined : unusable[0]?.code;
  if (code && isFailureCode(code)) {
    const found = obstacle(name, code, detail);
    return BACK_SOON.has(code) ? { ...found, passing: true } : found;
  }
  const isVoice = stage === 'voice';
  const none: FailureCode = isVoice
    ? `VoiceUnavailable:${wish.language}`
    : `ProviderUnavailable:${stage}`;
  return obstacle(name, none, detail);
}

function healthy(name: string, detail: string): Finding {
  return { name, status: 'Healthy', detail };
}

function obstacle(name: string, code: FailureCode, detail: string): Obstacle {
  return { name, status: 'Unhealthy', detail, code };
}

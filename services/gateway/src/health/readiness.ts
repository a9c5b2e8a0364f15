import {
  HARDWARE_CHECK,
  NEEDED_STAGES,
  type Check,
  type WorkerReport,
  type WorkerStage,
} from '@aura/proto';

export const HEALTH_VALUES = ['Healthy', 'Degraded', 'Unhealthy'] as const;
export type HealthValue = (typeof HEALTH_VALUES)[number];

/** What one check found, and why, in words for operators without secrets. */
export interface Finding {
  value: HealthValue;
  detail: string;
  /** The same for everybody: words of our own only, none that a machine said (paths, names, ends of output). */
  openDetail: string;
}

export function healthy(detail: string, openDetail = detail): Finding {
  return { value: 'Healthy', detail, openDetail };
}

export function unhealthy(detail: string, openDetail = detail): Finding {
  return { value: 'Unhealthy', detail, openDetail };
}

export function degraded(detail: string, openDetail = detail): Finding {
  return { value: 'Degraded', detail, openDetail };
}

/** The worst of several findings decides; all that are not well are told. */
export function worst(findings: readonly Finding[]): Finding {
  const bad = findings.filter(({ value }) => value !== 'Healthy');
  const told = bad.length > 0 ? bad : findings;
  const details = [
    joined(told.map(({ detail }) => detail)),
    joined(told.map(({ openDetail }) => openDetail)),
  ] as const;
  if (bad.length === 0) return healthy(...details);
  return bad.some(({ value }) => value === 'Unhealthy')
    ? unhealthy(...details)
    : degraded(...details);
}

function joined(details: readonly string[]): string {
  return details.filter(Boolean).join('; ');
}

/** Enough is free: more than `least`, and not just so. */
export function enough(what: string, freeBytes: number, leastMb: number): Finding {
  const freeMb = Math.floor(freeBytes / 1_048_576);
  const detail = `${freeMb} MiB of ${what} free, ${leastMb} MiB wanted`;
  if (freeMb < leastMb) return unhealthy(detail);
  return freeMb < leastMb * 1.5 ? degraded(detail) : healthy(detail);
}

/** Workflows and record are needed before preflight can ask for the rest. */
const SERVED: readonly WorkerStage[] = ['workflows', 'record', ...NEEDED_STAGES];

/** Every queue that a film needs is served by a worker that has reported in the last minute. */
export function servedStages(workers: readonly WorkerReport[]): Finding {
  const served = new Set(workers.flatMap(({ stages }) => stages));
  const missing = SERVED.filter((stage) => !served.has(stage));
  if (missing.length === 0) return healthy('every stage has a worker');
  return unhealthy(`no worker serves ${missing.join(', ')}`);
}

/** What workers check of their machines: bad where no machine passes, degraded where one does not. */
export function workerChecks(workers: readonly WorkerReport[]): Finding {
  const checks = workers.flatMap(({ checks }) => checks);
  const names = [...new Set(checks.map(({ name }) => name))];
  return worst([
    healthy('workers report no trouble'),
    ...names.map((name) => oneCheck(checks.filter((check) => check.name === name))),
    ...hardwareOf(checks),
  ]);
}

/** Told also where all is well: it is no fault to have none. */
function hardwareOf(checks: readonly Check[]): Finding[] {
  const told = checks.filter(({ name, status }) => name === HARDWARE_CHECK && status === 'Healthy');
  return [...new Set(told.map(({ detail }) => detail))].map((detail) =>
    healthy(`${HARDWARE_CHECK}: ${detail}`, ''),
  );
}

function oneCheck(checks: readonly Check[]): Finding {
  const bad = checks.filter(({ status }) => status !== 'Healthy');
  const [first] = bad;
  if (!first) return healthy('');
  const detail = `${first.name}: ${first.detail}`;
  const open = `${first.name} is not well`;
  const passes = bad.length < checks.length || bad.every(({ status }) => status === 'Degraded');
  return passes ? degraded(detail, open) : unhealthy(detail, open);
}

/** Each stage that is done by providers has at least one that can be used. */
export function usableProviders(workers: readonly WorkerReport[]): Finding {
  const providers = workers.flatMap((worker) => worker.providers);
  const lacking = ['script', 'voice', 'visuals'].filter(
    (stage) => !providers.some((provider) => provider.stage === stage && provider.usable),
  );
  const usable = new Set(providers.filter((one) => one.usable).map(({ name }) => name));
  if (lacking.length === 0) return healthy([...usable].toSorted().join(', '));
  const reasons = providers
    .filter(({ stage, usable: works }) => !works && lacking.includes(stage))
    .map(({ name, reason }) => `${name}: ${reason}`);
  const open = `none usable for ${lacking.join(', ')}`;
  return unhealthy([open, ...new Set(reasons)].join('; '), open);
}

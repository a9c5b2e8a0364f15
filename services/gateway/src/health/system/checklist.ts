import { actionsOf, entryOf } from '@aura/failure';
import { NEEDED_STAGES, QUEUES, type ProviderReport, type WorkerReport } from '@aura/proto';
import type { HealthValue } from '../readiness.js';
import { meaningOf } from './meanings.js';
import type { SystemCheckItem } from './system-schema.js';

/** What one look has found. */
export interface Looked {
  name: string;
  status: HealthValue;
  detail: string;
}

const SEVERITY: Record<HealthValue, number> = { Unhealthy: 0, Degraded: 1, Healthy: 2 };
const PROVIDED = ['script', 'voice', 'visuals'] as const;

/** What the gateway has looked at itself, and what workers report, as one list with the worst first. Pure. */
export function checklist(
  own: readonly Looked[],
  workers: readonly WorkerReport[],
): SystemCheckItem[] {
  const items = [
    ...own.map((looked) => item(looked, meaningOf(looked.name))),
    ...reported(workers),
    ...served(workers),
    ...PROVIDED.map((stage) =>
      provided(
        stage,
        workers.flatMap(({ providers }) => providers),
      ),
    ),
  ];
  return items.toSorted((one, other) => SEVERITY[one.status] - SEVERITY[other.status]);
}

interface About {
  area: SystemCheckItem['area'];
  meaning: string;
  code?: string;
  workers?: SystemCheckItem['workers'];
}

function item({ name, status, detail }: Looked, about: About): SystemCheckItem {
  const { area, meaning, workers = [] } = about;
  const code = status === 'Healthy' ? undefined : about.code;
  return {
    name,
    area,
    status,
    detail,
    meaning,
    code: code ?? null,
    remediation: code ? entryOf(code).remediation : null,
    actions: code ? actionsOf(code, 'request') : [],
    workers,
  };
}

/** One item for each check that workers make. It is bad where no machine passes, degraded where one does not. */
function reported(workers: readonly WorkerReport[]): SystemCheckItem[] {
  const found = workers.flatMap(({ workerId, checks }) =>
    checks.map(({ name, status, detail }) => {
      return { name, workerId, status: status as HealthValue, detail };
    }),
  );
  return [...new Set(found.map(({ name }) => name))].map((name) => {
    const each = found.filter((one) => one.name === name);
    const bad = each.filter(({ status }) => status !== 'Healthy');
    const isSome = bad.length < each.length || bad.every(({ status }) => status === 'Degraded');
    const status = bad.length === 0 ? 'Healthy' : isSome ? 'Degraded' : 'Unhealthy';
    const details = new Set((bad.length > 0 ? bad : each).map(({ detail }) => detail));
    const told = each.map(({ workerId, ...one }) => {
      return { workerId, status: one.status, detail: one.detail };
    });
    const about = { ...meaningOf(name), workers: told };
    return item({ name: `Worker:${name}`, status, detail: [...details].join('; ') }, about);
  });
}

/** Workflows and record are needed before anything of a job is. */
function served(workers: readonly WorkerReport[]): SystemCheckItem[] {
  const stages = ['workflows', 'record', ...NEEDED_STAGES] as const;
  return stages.map((stage) => {
    const serving = workers.filter((worker) => worker.stages.includes(stage));
    const detail =
      serving.length > 0 ? `served by ${serving.length}` : 'no worker has said that it serves it';
    const status = serving.length > 0 ? 'Healthy' : 'Unhealthy';
    return item(
      { name: `Stage:${stage}`, status, detail },
      {
        area: 'stage',
        meaning: `Workers take the work of this stage from the queue ${QUEUES[stage]}.`,
        code: `NoWorker:${QUEUES[stage]}`,
      },
    );
  });
}

/** Each stage that is done by providers needs one that can be used. */
function provided(
  stage: (typeof PROVIDED)[number],
  all: readonly ProviderReport[],
): SystemCheckItem {
  const mine = all.filter((one) => one.stage === stage);
  const usable = [...new Set(mine.filter((one) => one.usable).map(({ name }) => name))];
  const lacking = mine
    .filter(({ name, facts }) => !usable.includes(name) && facts?.configured !== false)
    .map(({ name, reason }) => `${name}: ${reason}`);
  const spoken = stage === 'voice' ? languagesOf(mine) : '';
  const detail = [
    usable.length > 0 ? usable.join(', ') : 'none can be used',
    ...(spoken ? [spoken] : []),
    ...new Set(lacking),
  ].join('; ');
  const status = usable.length === 0 ? 'Unhealthy' : lacking.length > 0 ? 'Degraded' : 'Healthy';
  const meaning = `One of these makes what the stage ${stage} is for; those whose key is set and that cannot be used are told.`;
  return item(
    { name: `Providers:${stage}`, status, detail },
    { area: 'provider', meaning, code: `ProviderUnavailable:${stage}` },
  );
}

function languagesOf(voices: readonly ProviderReport[]): string {
  const languages = voices.filter(({ usable }) => usable).flatMap((one) => one.languages);
  const count = new Set(languages).size;
  return count === 0 ? '' : `${count} languages are spoken`;
}

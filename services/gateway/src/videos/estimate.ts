import {
  dayLeftUsd,
  expectedOf,
  freshWorkers,
  knownRates,
  type Database,
  type Rate,
} from '@aura/database';
import {
  budgeted,
  chainOf,
  estimateCost,
  type BudgetedStage,
  type FilmOutline,
  type Overdraft,
} from '@aura/provider';
import type { Chains, ProviderReport, WorkerReport } from '@aura/proto';
import type { Estimate } from './estimate-schema.js';
import { stageTitle } from './facade.js';
import { outlineOf } from './film-outline.js';
import type { GenerateRequest } from './generate-request.js';
import type { PresetName } from './making-options.js';
import { orderFrom, type Order } from './order.js';
import { limitOf, nameOf, type Limit } from './purse.js';
import { unspokenLanguage } from './unspoken-language.js';
import { unusableChoice } from './unusable-choice.js';
import { rounded, usd } from './usd.js';

/** How this installation is set up. */
export interface EstimateDefaults {
  preset?: PresetName | undefined;
  /** The configured order of each chain; empty or absent: all providers, as registered. */
  orders?: Partial<Record<keyof Chains, readonly string[]>>;
  /** What a job may spend that names no budget, in US dollars. */
  jobBudgetUsd?: number | undefined;
}

interface DayBudget {
  tenantId: string;
  /** What all jobs of a day may spend together, in US dollars. */
  dayBudgetUsd?: number | undefined;
}

/**
 * What a request would cost, and who would work on it, by what the workers say now.
 * Errors: InvalidInput where it names a provider that cannot do it or a language that nobody speaks, CIRCUIT_OPEN where one is left alone for the moment,
 * DatabaseUnavailable.
 */
export class Estimates {
  constructor(
    private readonly database: Database,
    private readonly defaults: EstimateDefaults & DayBudget,
  ) {}

  async of(request: GenerateRequest): Promise<Estimate> {
    const workers = await freshWorkers(this.database);
    const { preset, jobBudgetUsd, tenantId, dayBudgetUsd } = this.defaults;
    const left = await dayLeftUsd(this.database, tenantId, dayBudgetUsd);
    const order = orderFrom(request, preset);
    const capUsd = order.budget?.capUsd ?? jobBudgetUsd;
    const purse = { film: outlineOf(request, order), capUsd, dayLeftUsd: left };
    const failure =
      unspokenLanguage(request, order, workers) ?? unusableChoice(order, workers, purse);
    if (failure) throw failure;
    const estimate = estimateOf(request, workers, { ...this.defaults, dayLeftUsd: left });
    return { ...estimate, ...timeOf(order, estimate, await knownRates(this.database)) };
  }
}

/** How long it takes to make, as far as that is known. Pure. */
function timeOf(order: Order, { stages }: Pick<Estimate, 'stages'>, rates: readonly Rate[]) {
  const [script, voice, visuals] = stages.map(({ provider, instead }) =>
    provider === null ? [] : [provider, ...instead],
  );
  const makers = { script: script ?? [], voice: voice ?? [], visuals: visuals ?? [] };
  const film = { durationMs: order.plan.targetDurationMs, render: order.render, makers };
  const expected = expectedOf(film, rates);
  const error = rates.find(({ kind }) => kind === 'error')?.value;
  return {
    likelySeconds: expected ? Math.ceil(expected.totalMs / 1_000) : null,
    usualError: expected && error !== undefined ? Math.round(error * 100) / 100 : null,
  };
}

const STAGES = ['script', 'voice', 'visuals'] as const;

/** `dayLeftUsd`: what the day's budget has left; undefined where there is none. Pure. */
export function estimateOf(
  request: GenerateRequest,
  workers: readonly WorkerReport[],
  {
    preset,
    orders = {},
    jobBudgetUsd,
    dayLeftUsd: left,
  }: EstimateDefaults & { dayLeftUsd?: number | undefined } = {},
): Estimate {
  const order = orderFrom(request, preset);
  const film = outlineOf(request, order);
  const chains = STAGES.map((stage) => chainFor(stage, { order, workers, orders }));
  const capUsd = order.budget?.capUsd ?? jobBudgetUsd;
  const isStrict = order.budget?.strict === true;
  const limit = limitOf({ capUsd, dayLeftUsd: left });
  const within = budgeted(film, chains, { capUsd: limit?.usd ?? Infinity, isStrict });
  const stages = STAGES.map((stage, at) => ({
    stage: stageTitle(stage),
    ...stageWithin(chains[at] ?? [], budgetedBy(limit, stage, within[at]), film),
  }));
  const firsts = estimateCost(
    film,
    chains.flatMap((chain) => chain.slice(0, 1)),
  );
  const wantedUsd = sum(firsts.map((first) => first.worstUsd));
  const holds = limit ? wantedUsd <= limit.usd && !overdrawn(stages)[0] : null;
  const worstUsd = sum(stages.map((stage) => stage.worstUsd));
  const fails = failingCall(stages);
  return rounded({
    targetSeconds: order.plan.targetDurationMs / 1_000,
    likelySeconds: null,
    usualError: null,
    likelyUsd: sum(stages.map(({ likelyUsd }) => likelyUsd)),
    worstUsd: !limit || fails ? worstUsd : Math.min(worstUsd, limit.usd),
    fails,
    holds,
    reason: holds === false && limit ? reasonOf(overdrawn(stages), limit) : null,
    capUsd: capUsd ?? null,
    dayLeftUsd: left ?? null,
    stages,
  });
}

/** What a stage does within its budget, with the words for what that does not hold. */
interface ToldStage extends BudgetedStage {
  overdrafts: (Overdraft & { message: string })[];
}

function budgetedBy(
  limit: Limit | undefined,
  stage: keyof Chains,
  { shares, overdrafts }: BudgetedStage = { shares: [], overdrafts: [] },
): ToldStage {
  const budget = limit ? nameOf(limit) : 'the budget';
  const told = overdrafts.map((one) => ({
    ...one,
    message: `${stageTitle(stage)}: ${messageOf(one, budget)}`,
  }));
  return { shares, overdrafts: told };
}

/** The first call over which the job fails. */
function failingCall(stages: Estimate['stages']): Estimate['fails'] {
  for (const { stage, overBudget } of stages) {
    const fatal = overBudget.find(({ instead }) => instead === null);
    if (fatal) return { stage, provider: fatal.provider, callUsd: fatal.callUsd };
  }
  return null;
}

function chainFor(
  stage: keyof Chains,
  {
    order: { voice, brief, choice },
    workers,
    orders,
  }: {
    order: Order;
    workers: readonly WorkerReport[];
    orders: NonNullable<EstimateDefaults['orders']>;
  },
): ProviderReport[] {
  const language = stage === 'voice' ? voice.language : brief.language;
  return chainOf(stage, workers, { language, choice, order: orders[stage] }).providers;
}

function stageWithin(
  chain: readonly ProviderReport[],
  { shares, overdrafts }: ToldStage,
  film: FilmOutline,
): Omit<Estimate['stages'][number], 'stage'> {
  const provider = shares[0]?.provider ?? null;
  const [begins] = estimateCost(
    film,
    chain.filter(({ name }) => name === provider),
  );
  const names = chain.map(({ name }) => name);
  return {
    provider,
    instead: names.slice(names.indexOf(provider ?? '') + 1),
    likelyUsd: sum(shares.map(({ likelyUsd }) => likelyUsd)),
    worstUsd: sum(shares.map(({ worstUsd }) => worstUsd)),
    priced: begins?.isPriced ?? true,
    overBudget: overdrafts,
  };
}

function messageOf({ provider, calls, callUsd, instead }: Overdraft, budget: string): string {
  const call = callUsd === null ? 'nobody has said what one costs' : `${usd(callUsd)} USD each`;
  const end = instead === null ? 'and the job fails' : `and ${instead} makes them instead`;
  return `${budget} does not hold about ${calls} of ${provider}’s calls (${call} at most), ${end}.`;
}

function reasonOf(overdrafts: readonly { message: string }[], limit: Limit): string {
  if (overdrafts.length > 0) return overdrafts.map(({ message }) => message).join(' ');
  return `It usually comes to less than ${usd(limit.usd)} USD, and at worst to more: what ${nameOf(limit)} does not hold then is made by those who cost nothing, or fails the job where nobody else may make it.`;
}

function overdrawn(stages: Estimate['stages']): Estimate['stages'][number]['overBudget'] {
  return stages.flatMap(({ overBudget }) => overBudget);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

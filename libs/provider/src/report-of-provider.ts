import { Failure } from '@aura/failure';
import type { ProviderFacts, ProviderHealth, ProviderReport } from '@aura/proto';
import type { Account } from './account.js';
import { cachedProbe, type Freshness } from './cached-probe.js';
import type { ProviderEntry } from './provider-entry.js';
import type { Probe } from './vendor-call.js';
import type { EndpointHealth, Vendors } from './vendors.js';

/** Whether a provider can work here and now, and if not, why, in words for users. */
export interface Usability {
  usable: boolean;
  reason: string;
  code?: string;
}

export interface ReportOptions {
  /** For providers with an account: probes it, and knows how it has done. */
  vendors?: Vendors | undefined;
  /** The stage's own words in `VendorCall.endpoint`; all calls of the account count unless given. */
  endpoints?: readonly string[];
  /** The model that is to be there, where the probe lists models. */
  model?: string | undefined;
  /** Whether one of the listed names is the model. Equality unless given. */
  isModel?: (listed: string, model: string) => boolean;
  /** Tries the provider itself: for programs of this machine, and for what a probe cannot show. */
  check?: (probe: Probe | undefined) => Promise<Usability>;
  /** Languages it truly speaks. What the entry says unless given. */
  languages?: readonly string[];
  /** False where its address has a default, so that nobody has asked for it. What the account says unless given. */
  isConfigured?: boolean;
  /** How long a probe's answer is believed. */
  freshness?: Freshness;
  signal?: AbortSignal | undefined;
}

/**
 * What a worker reports of one line of a registry: whether it can be used, why not, what is known of it, and how its
 * account has done. Without its key or address nothing leaves this machine. A probe takes 2 s at most and is
 * believed for a while; a service that is merely late stays usable. Throws only on abort, and what `check` throws.
 */
export async function reportOfProvider<Provider, Settings, Deps>(
  entry: ProviderEntry<Provider, Settings, Deps>,
  settings: Settings,
  options: ReportOptions = {},
): Promise<ProviderReport> {
  const { account, failure } = accountOf(entry, settings);
  const { vendors, endpoints } = options;
  const health = account && vendors && healthOf(vendors.health(), account, endpoints);
  const asked = account && vendors && !failure;
  const probe = asked ? await cachedProbe(vendors, account, options) : undefined;
  const verdict = failure ? unusable(failure) : await judge(probe, { account, health }, options);
  const isMissing = failure?.code.startsWith('MissingApiKey:') ?? false;
  const { usable, reason, code = '' } = verdict;
  return {
    name: entry.name,
    stage: entry.stage,
    usable,
    reason,
    languages: [...(options.languages ?? entry.capabilities.languages ?? [])],
    facts: {
      kind: entry.kind,
      // An address on somebody else's machine makes a provider of own machines a remote one.
      remote: (account?.runs ?? entry.runs) === 'remote',
      configured: !isMissing && options.isConfigured !== false,
      account: account?.id ?? '',
      gives: entry.gives,
      models: (probe?.models ?? []).slice(0, MAX_MODELS),
      ...termsOf(entry, { account, vendors, model: options.model }),
    },
    ...(health ? { health } : {}),
    ...(code === '' ? {} : { code }),
  };
}

/** What it costs, and how long a call may take; nothing of what needs no account. */
function termsOf(
  { price: rule }: Pick<ProviderEntry<unknown, never, never>, 'price'>,
  {
    account,
    vendors,
    model = '',
  }: { account: Account | undefined; vendors: Vendors | undefined; model: string | undefined },
): Pick<ProviderFacts, 'price' | 'callTimeoutMs'> {
  if (!account || !vendors) return {};
  const { price, totalMs: callTimeoutMs } = vendors.terms(account.vendor, model);
  // No cap can rest on a guess, and on own machines nothing is guessed: it is told as not known, which is what calls meet.
  if (rule.kind === 'free' || !price || price.isGuess) return { callTimeoutMs };
  const { inputPerMillion = 0, outputPerMillion = 0, charactersPerMillion = 0 } = price;
  const { perPicture = 0, perSecond = 0, asOf } = price;
  const text = { inputPerMillion, outputPerMillion, charactersPerMillion };
  return { callTimeoutMs, price: { model, ...text, perPicture, perSecond, asOf } };
}

/** Reports are written every few seconds and read by people: no catalogue of hundreds of models. */
const MAX_MODELS = 50;

/** What shows that a call would be in vain. Whoever is slow, busy or ill for the moment is asked all the same. */
const IN_VAIN: ReadonlySet<string> = new Set([
  'AUTH_FAILED',
  'QUOTA_EXCEEDED',
  'TransientNetworkFailure',
  'RESOURCE_NOT_FOUND',
  'INVALID_CONFIG',
]);

function accountOf<Settings>(
  entry: Pick<ProviderEntry<unknown, Settings, never>, 'account'>,
  settings: Settings,
): { account?: Account | undefined; failure?: Failure } {
  try {
    return { account: entry.account?.(settings) };
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    throw error;
  }
}

async function judge(
  probe: Probe | undefined,
  { account, health }: { account: Account | undefined; health: ProviderHealth | undefined },
  options: ReportOptions,
): Promise<Usability> {
  if (account && health?.breaker === 'open') {
    const why = health.lastError === '' ? '' : `: ${health.lastError}`;
    const reason = `${account.vendor} failed several times and is left alone for a minute${why}.`;
    return { usable: false, reason, code: 'CIRCUIT_OPEN' };
  }
  if (probe?.problem && IN_VAIN.has(probe.problem.code)) {
    const { message: reason, code } = probe.problem;
    return { usable: false, reason: withHint(reason, code, account), code };
  }
  if (account && probe && !hasModel(probe, options)) {
    const model = options.model ?? '';
    const reason = account.missingModel?.(model) ?? `${account.vendor} has no model ${model}.`;
    return { usable: false, reason, code: 'RESOURCE_NOT_FOUND' };
  }
  return options.check ? await options.check(probe) : { usable: true, reason: '' };
}

/** A key that was refused and looks odd is most likely a mistake of copying. */
function withHint(reason: string, code: string, account: Account | undefined): string {
  const hint = code === 'AUTH_FAILED' ? account?.keyProblem : undefined;
  return hint ? `${reason}. ${hint}` : reason;
}

function hasModel({ models }: Probe, { model, isModel }: ReportOptions): boolean {
  if (model === undefined || models.length === 0) return true;
  return models.some((listed) => listed === model || isModel?.(listed, model) === true);
}

function unusable({ message: reason, code }: Failure): Usability {
  return { usable: false, reason, code };
}

const WORST_FIRST = ['open', 'half-open', 'closed'] as const;

/** What several breakers come to: the worst of them; closed where there is none. Pure. */
export function worstBreaker(states: readonly string[]): (typeof WORST_FIRST)[number] {
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'closed';
}

/**
 * One figure for all endpoints that a stage calls: the worst breaker, all calls, the newest failure. A breaker whose
 * time is over counts as half-open although nobody has called since: somebody must, or it would stay so. Pure.
 */
export function healthOf(
  all: readonly EndpointHealth[],
  account: Account,
  endpoints?: readonly string[],
  nowMs = Date.now(),
): ProviderHealth {
  const own = all.filter(
    ({ accountId, endpoint }) =>
      accountId === account.id && (endpoints?.includes(endpoint) ?? true),
  );
  const states = own.map(({ breaker, opensAtMs = 0 }) =>
    breaker === 'open' && opensAtMs <= nowMs ? 'half-open' : breaker,
  );
  const trialMs = Math.max(...own.map(({ opensAtMs = 0 }) => opensAtMs), 0);
  const breaker = worstBreaker(states);
  const last = own
    .flatMap(({ lastFailure }) => lastFailure ?? [])
    .toSorted((a, b) => b.atMs - a.atMs)[0];
  return {
    breaker,
    calls: own.reduce((sum, { calls }) => sum + calls, 0),
    failures: own.reduce((sum, { failures }) => sum + failures, 0),
    lastError: last?.code ?? '',
    lastErrorAt: last ? new Date(last.atMs).toISOString() : '',
    ...(breaker === 'open' ? { trialAt: new Date(trialMs).toISOString() } : {}),
  };
}

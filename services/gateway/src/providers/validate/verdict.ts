import type { AccountKind, Account, Probe } from '@aura/provider';
import type { ProviderReport } from '@aura/proto';
import type { FieldName, Validation } from './validate-schema.js';

/** What a configuration has been found to be; the request's own id is added where it is answered. */
export type Verdict = Omit<Validation, 'correlationId'>;

/** A configuration as the request says it, without what it leaves open. */
export interface Configuration {
  apiKey?: string;
  baseUrl?: string;
  model?: string;
}

/** One member is wrong, so the whole is. */
export function wrong(
  kind: AccountKind,
  error: { field: FieldName; code: string; message: string },
  found: Partial<Pick<Verdict, 'reachable' | 'models'>> = {},
): Verdict {
  const status = error.code === MISSING ? 'Missing' : 'Invalid';
  const fieldValidationStatus = { ...UNCHECKED, [error.field]: status };
  const verdict = { ...base(kind), status: 'Invalid' as const, message: error.message };
  return { ...verdict, fieldErrors: [error], fieldValidationStatus, ...found };
}

export const MISSING = 'MissingApiKey';

/** What a probe of the configuration says of it. Pure. */
export function verdictOf(
  kind: AccountKind,
  { baseUrl, model }: Configuration,
  { account, probe }: { account: Account; probe: Probe },
): Verdict {
  const { reachable, models, problem, authentic } = probe;
  if (authentic === false) return refusedKey(kind, account);
  if (problem && MISPLACED.has(problem.code) && (baseUrl !== undefined || kind.is === 'server')) {
    const { code, message } = problem;
    return wrong(kind, { field: 'baseUrl', code, message }, { reachable });
  }
  if (problem && authentic !== true) return unchecked(kind, account, probe);
  if (model !== undefined && models.length > 0 && !hasModel(kind, models, model)) {
    return missingModel(kind, model, { account, models });
  }
  const taken = account.key ? `${kind.title} takes the key.` : `${kind.title} answers.`;
  return {
    ...base(kind),
    isValid: true,
    status: 'Valid',
    message: problem ? `${taken} ${problem.message}` : taken,
    fieldValidationStatus: {
      apiKey: account.key ? 'Valid' : 'NotNeeded',
      baseUrl: baseUrl === undefined ? 'NotNeeded' : 'Valid',
      model: modelStatus(model, models),
    },
    reachable,
    models,
  };
}

/**
 * Of a server of one's own at the address that is configured: whether it is there now, and what else the workers say of
 * it. Without a key it is Valid, there or not. Pure.
 */
export function verdictOfServer(
  kind: AccountKind,
  { model }: Configuration,
  {
    account,
    probe,
    reports,
  }: { account: Account; probe: Probe; reports: readonly ProviderReport[] },
): Verdict {
  const { reachable, models } = probe;
  if (model !== undefined && models.length > 0 && !hasModel(kind, models, model)) {
    return missingModel(kind, model, { account, models });
  }
  const told = reports.filter(({ name }) => name === kind.name);
  const said = reachable ? answering(probe, told) : notAnswering(kind, told);
  return {
    ...base(kind),
    isValid: true,
    status: 'Valid',
    message: `${kind.title} needs no key. ${said}`,
    fieldValidationStatus: {
      apiKey: 'NotNeeded',
      baseUrl: 'NotNeeded',
      model: modelStatus(model, models),
    },
    reachable,
    models,
  };
}

/** A refusal may be one of who has not brought the key that the workers have. */
function answering({ problem, authentic }: Probe, told: readonly ProviderReport[]): string {
  if (told.some(({ usable }) => usable)) return 'It is there, and the workers can use it.';
  const hindered = told.find(({ code }) => code !== undefined && !GONE.has(code));
  if (hindered) return `It is there; the workers say: ${hindered.reason}`;
  if (authentic === false) return 'It is there, and wants a key all the same.';
  return problem ? `It is there; ${problem.message}` : 'It is there.';
}

/** What workers say of a server that has been started since. */
const GONE: ReadonlySet<string> = new Set(['TransientNetworkFailure', 'NETWORK_TIMEOUT']);

function notAnswering(
  { server = { settings: [], start: '' } }: AccountKind,
  told: readonly ProviderReport[],
): string {
  const { settings, start } = server;
  const gone = `It does not answer now at its address (${settings.join(' or ')}). ${start}.`;
  if (!told.some(({ usable }) => usable)) return gone;
  return `${gone} A worker still reached it within the last half minute; where workers are in another network it may be there for them.`;
}

function modelStatus(
  model: string | undefined,
  models: readonly string[],
): Verdict['fieldValidationStatus']['model'] {
  if (model === undefined) return 'NotNeeded';
  return models.length > 0 ? 'Valid' : 'NotChecked';
}

/** Of what needs no key, and is on the workers' machines or wherever they have been told: what they say of it. Pure. */
export function verdictOfWorkers(
  kind: AccountKind,
  { model }: Configuration,
  reports: readonly ProviderReport[],
): Verdict {
  const told = reports.filter(({ name }) => name === kind.name);
  const usable = told.filter((report) => report.usable);
  const models = [...new Set(told.flatMap(({ facts }) => facts?.models ?? []))];
  const account = kind.account && accountOf(kind);
  if (account && model !== undefined && models.length > 0 && !hasModel(kind, models, model)) {
    return missingModel(kind, model, { account, models });
  }
  const state = usable.length > 0 ? 'It is ready.' : told[0]?.reason;
  return {
    ...base(kind),
    isValid: true,
    status: 'Valid',
    message: `${kind.title} needs no key. ${state ?? 'No worker has told of it yet.'}`,
    fieldValidationStatus: {
      apiKey: 'NotNeeded',
      baseUrl: 'NotNeeded',
      model: account ? modelStatus(model, models) : 'NotNeeded',
    },
    reachable: told.length === 0 ? null : usable.length > 0,
    models,
  };
}

/** What shows that something else is there than the vendor. */
const MISPLACED: ReadonlySet<string> = new Set(['INVALID_CONFIG', 'RESOURCE_NOT_FOUND']);

const UNCHECKED = { apiKey: 'NotChecked', baseUrl: 'NotChecked', model: 'NotChecked' } as const;

function base({ name }: AccountKind): Verdict {
  return {
    isValid: false,
    status: 'NotChecked',
    provider: name,
    message: '',
    fieldErrors: [],
    fieldValidationStatus: { ...UNCHECKED },
    reachable: null,
    models: [],
  };
}

function refusedKey(kind: AccountKind, { key, keyProblem }: Account): Verdict {
  const said = key
    ? { code: 'AUTH_FAILED', message: ['Invalid API key', keyProblem].filter(Boolean).join('. ') }
    : { code: MISSING, message: `${kind.title} wants a key.` };
  return wrong(kind, { field: 'apiKey', ...said }, { reachable: true });
}

function unchecked(kind: AccountKind, account: Account, { reachable, problem }: Probe): Verdict {
  const hint = account.keyProblem;
  const { message = '' } = problem ?? {};
  return {
    ...base(kind),
    reachable,
    message: hint ? `${message} ${hint}` : message,
    fieldErrors: hint ? [{ field: 'apiKey', code: 'INVALID_CONFIG', message: hint }] : [],
  };
}

function missingModel(
  kind: AccountKind,
  model: string,
  { account, models }: { account: Account; models: string[] },
): Verdict {
  const message = account.missingModel?.(model) ?? `${kind.title} has no model ${model}.`;
  const error = { field: 'model' as const, code: 'RESOURCE_NOT_FOUND', message };
  return wrong(kind, error, { reachable: true, models });
}

function hasModel(kind: AccountKind, models: readonly string[], model: string): boolean {
  return models.some((listed) => listed === model || kind.isModel?.(listed, model) === true);
}

/** For its words alone: nobody calls it. */
function accountOf(kind: AccountKind): Account | undefined {
  return kind.account?.({ baseUrl: 'http://127.0.0.1' });
}

import { Failure, type FailureCode } from '@aura/failure';
import {
  accountNamed,
  ACCOUNTS,
  createVendors,
  type Account,
  type AccountKind,
  type Probe,
  type ProxySettings,
  type Vendors,
} from '@aura/provider';
import type { WorkerReport } from '@aura/proto';
import { reachOf, type ReachRules } from './reach.js';
import type { FieldName, ValidateRequest } from './validate-schema.js';
import {
  MISSING,
  verdictOf,
  verdictOfServer,
  verdictOfWorkers,
  wrong,
  type Configuration,
  type Verdict,
} from './verdict.js';

export interface ProviderCheckDeps extends ReachRules {
  /** What the operator has put in the place of vendors' own addresses, and where own servers are, by provider. */
  addresses: Readonly<Record<string, string | undefined>>;
  proxy: ProxySettings;
  /** What the workers say now. Errors: DatabaseUnavailable. */
  workers: () => Promise<WorkerReport[]>;
}

const PROBE_MS = 8_000;
/** Of a server that is near. */
const LOOK_MS = 3_000;

/**
 * Tries configurations of providers by one call that is free. A key that comes in lives for that call, in memory.
 * These calls have breakers of their own, which nothing moves.
 */
export class ProviderCheck {
  private readonly anywhere: Vendors;
  private readonly outside = createVendors({ reach: 'public' });

  constructor(private readonly deps: ProviderCheckDeps) {
    this.anywhere = createVendors({ proxy: deps.proxy });
  }

  /** Errors: InvalidInput:provider, DatabaseUnavailable. */
  async of({ provider, configuration }: ValidateRequest): Promise<Verdict> {
    const kind = accountNamed(provider);
    if (!kind) throw unknownProvider();
    const wish = present(configuration ?? {});
    const isKeyTried = wish.apiKey && this.deps.addresses[kind.name];
    if (kind.is === 'program' || (kind.is === 'server' && !wish.baseUrl && !isKeyTried)) {
      const [workers, look] = await Promise.all([this.deps.workers(), this.lookAt(kind)]);
      const reports = workers.flatMap(({ providers }) => providers);
      return look
        ? verdictOfServer(kind, wish, { ...look, reports })
        : verdictOfWorkers(kind, wish, reports);
    }
    if (kind.is === 'remote' && !wish.apiKey) {
      const message = `${kind.title} wants a key.`;
      return wrong(kind, { field: 'apiKey', code: MISSING, message });
    }
    return this.tried(kind, wish);
  }

  /**
   * Looks now whether the server that is configured is there: what the workers say may be half a minute old. Without its
   * key, which workers have. Undefined for programs, and where this process knows no address.
   */
  private async lookAt(kind: AccountKind): Promise<{ account: Account; probe: Probe } | undefined> {
    const made = kind.account && madeAccount(kind, { baseUrl: this.deps.addresses[kind.name] });
    if (!made || 'field' in made) return undefined;
    const probe = await this.anywhere.probe(made.account, { totalMs: LOOK_MS });
    return { account: made.account, probe };
  }

  async close(): Promise<void> {
    await Promise.all([this.anywhere.close(), this.outside.close()]);
  }

  private async tried(kind: AccountKind, wish: Configuration): Promise<Verdict> {
    const baseUrl = wish.baseUrl ?? this.deps.addresses[kind.name];
    const made = madeAccount(kind, { ...wish, baseUrl });
    if ('field' in made) return wrong(kind, made);
    const vendors = this.vendorsFor(kind, wish, made.account);
    if ('refusal' in vendors) {
      const message = `The URL is refused: ${vendors.refusal}.`;
      return wrong(kind, { field: 'baseUrl', code: 'INVALID_CONFIG', message });
    }
    const probe = await vendors.probe(made.account, { totalMs: PROBE_MS });
    return verdictOf(kind, wish, { account: made.account, probe });
  }

  /** What was configured may be anywhere; what the caller names, within bounds. */
  private vendorsFor(
    kind: AccountKind,
    { baseUrl }: Configuration,
    account: Account,
  ): Vendors | { refusal: string } {
    if (baseUrl === undefined) return this.anywhere;
    const reach = reachOf(kind, account.baseUrl, this.deps);
    if (reach === 'inside') return this.anywhere;
    return reach === 'outside' ? this.outside : reach;
  }
}

/** The failure that a verdict is answered as; undefined where nothing in the request is wrong. Pure. */
export function failureOfVerdict({ fieldErrors, status }: Verdict): Failure | undefined {
  const [first] = fieldErrors;
  if (status !== 'Invalid' || !first) return undefined;
  const path = `configuration.${first.field}`;
  const code: FailureCode = first.code === 'AUTH_FAILED' ? 'InvalidApiKey' : `InvalidInput:${path}`;
  const fields = [{ field: path, message: first.message }];
  return new Failure(code, first.message, { fields });
}

function present(configuration: NonNullable<ValidateRequest['configuration']>): Configuration {
  const given = Object.entries(configuration).filter(([, value]) => Boolean(value));
  return Object.fromEntries(given);
}

/** The account, or the member that keeps it from being made. */
function madeAccount(
  kind: AccountKind,
  { apiKey: key, baseUrl }: { apiKey?: string; baseUrl?: string | undefined },
): { account: Account } | { field: FieldName; code: string; message: string } {
  const make = (settings: { key?: string | undefined; baseUrl?: string | undefined }) =>
    kind.account!(settings);
  let field: FieldName = 'baseUrl';
  try {
    make({ key: 'any', baseUrl });
    field = 'apiKey';
    return { account: make({ key, baseUrl }) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message } = error;
    return { field, code, message: field === 'apiKey' && key ? ofSubmitted(message) : message };
  }
}

/** Accounts speak of the setting that workers read the key from; here it has come with the request. */
function ofSubmitted(message: string): string {
  return message.replace(/^[A-Z0-9_]+_(?:API_KEY|AUTH)(?= )|^apiKey(?= )/, 'The submitted key');
}

function unknownProvider(): Failure {
  const names = ACCOUNTS.map(({ name }) => name).join(', ');
  const message = `must be one of ${names}`;
  return new Failure('InvalidInput:provider', `provider ${message}.`, {
    fields: [{ field: 'provider', message }],
  });
}

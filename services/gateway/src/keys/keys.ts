import type { ApiKey, Database } from '@aura/database';
import { Failure } from '@aura/failure';
import { isSame } from '../guard/api-key.js';
import type { Principal, Role, Scope } from '../guard/principal.js';
import { isAtLeast } from '../guard/principal.js';
import { newJobId } from '../videos/job-id.js';
import { hashOfKey, newKey, prefixOf } from './key-text.js';

/** What is wanted of a key. */
export interface KeyWish {
  name: string;
  role: Role;
  scopes: readonly Scope[];
  /** Undefined for one that does not expire. */
  expiresAt: Date | undefined;
}

export interface CreatedKey {
  key: ApiKey;
  /** The key itself: shown now, and never again. */
  text: string;
}

/** How long a key that was found is taken for granted: so much later one revoked elsewhere is refused here. */
const KEPT_MS = 2_000;
const MAX_KEPT = 1_000;
const NOTED_EVERY_MS = 60_000;

interface KnownKey {
  row: ApiKey | null;
  until: number;
}

/** The keys that calls are made with. Reads across tenants: who calls is not known before. */
export class Keys {
  private readonly known = new Map<string, KnownKey>();
  private readonly notedAt = new Map<string, number>();

  constructor(private readonly database: Database) {}

  /** Whose key it is; undefined for one that is unknown, revoked or expired. */
  async principalOf(text: string, now = new Date()): Promise<Principal | undefined> {
    const prefix = prefixOf(text);
    const row = prefix === undefined ? null : await this.find(prefix, now);
    if (!row || !isSame(hashOfKey(text), row.hash) || !isGood(row, now)) return undefined;
    this.noteUse(row.id, now);
    const { id, tenantId, role, scopes, expiresAt } = row;
    return {
      tenantId,
      role: role as Role,
      scopes: scopes as Scope[],
      keyId: id,
      ...(expiresAt ? { expiresAt } : {}),
      who: row.prefix,
    };
  }

  /** For the tenant of `maker`, who can give no more than he has. Errors: NotAllowed. */
  async create(
    wish: KeyWish,
    maker: Pick<Principal, 'tenantId' | 'role' | 'scopes' | 'expiresAt' | 'who'>,
  ): Promise<CreatedKey> {
    const { name, role, scopes, expiresAt = null } = wish;
    const isMore =
      maker.scopes.length > 0 &&
      (scopes.length === 0 || !scopes.every((one) => maker.scopes.includes(one)));
    if (!isAtLeast(maker.role, role) || isMore) {
      throw new Failure(
        'NotAllowed',
        'Nobody can make a key that may do more than he may himself.',
      );
    }
    const last = maker.expiresAt;
    if (last && (!expiresAt || expiresAt > last)) {
      const until = last.toISOString();
      throw new Failure(
        'NotAllowed',
        `A key cannot make one that outlives it: it ends at ${until}.`,
      );
    }
    const { text, prefix, hash } = newKey();
    const made = { id: newJobId(Date.now()), tenantId: maker.tenantId, createdBy: maker.who };
    const data = { ...made, name, role, scopes: [...scopes], expiresAt, prefix, hash };
    return { key: await this.database.apiKey.create({ data }), text };
  }

  /** The newest first; `after` is the id of the last one of the page before. */
  list(
    tenantId: string,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<ApiKey[]> {
    return this.database.apiKey.findMany({
      where: { tenantId, ...(after === undefined ? {} : { id: { lt: after } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** By its id or its prefix; null where the tenant has none. */
  named(tenantId: string, name: string): Promise<ApiKey | null> {
    const which = name.startsWith('aura_') ? { prefix: name } : { id: name };
    return this.database.apiKey.findFirst({ where: { tenantId, ...which } });
  }

  /** Idempotent. Errors: KeyNotFound, NotAllowed. */
  async revoke(id: string, by: Pick<Principal, 'tenantId' | 'role'>): Promise<void> {
    const row = await this.database.apiKey.findFirst({ where: { id, tenantId: by.tenantId } });
    if (!row) throw new Failure('KeyNotFound', 'There is no key with this id.');
    if (!isAtLeast(by.role, row.role as Role)) {
      throw new Failure(
        'NotAllowed',
        'A key that may do more can be revoked by one of its kind only.',
      );
    }
    await this.database.apiKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    this.known.delete(row.prefix);
  }

  private async find(prefix: string, now: Date): Promise<ApiKey | null> {
    const known = this.known.get(prefix);
    if (known && known.until > now.getTime()) return known.row;
    const row = await this.database.apiKey.findFirst({ where: { prefix } });
    if (this.known.size >= MAX_KEPT) this.known.clear();
    this.known.set(prefix, { row, until: now.getTime() + KEPT_MS });
    return row;
  }

  /** At most once a minute, and nobody waits for it. */
  private noteUse(id: string, now: Date): void {
    if (now.getTime() - (this.notedAt.get(id) ?? 0) < NOTED_EVERY_MS) return;
    if (this.notedAt.size >= MAX_KEPT) this.notedAt.clear();
    this.notedAt.set(id, now.getTime());
    this.database.$executeRaw`
      UPDATE api_keys SET last_used_at = ${now}
      WHERE id = ${id}::uuid AND (last_used_at IS NULL OR last_used_at < ${now}::timestamptz - interval '1 minute')`.catch(
      () => this.notedAt.delete(id),
    );
  }
}

function isGood({ revokedAt, expiresAt }: ApiKey, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

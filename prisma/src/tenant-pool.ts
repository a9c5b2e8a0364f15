import pg from 'pg';

/** The role that requests are answered under: row-level security shows it the rows of one tenant. See the migrations. */
export const REQUEST_ROLE = 'aura_gateway';

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * A pool whose connections are told, whenever one is taken, for which tenant. A connection remembers it, so that a
 * server of one tenant tells each of its connections once.
 */
export class TenantPool extends pg.Pool {
  private readonly toldOf = new WeakMap<pg.PoolClient, string>();

  /** `tenant` is asked where a connection is wanted; undefined shows no rows. */
  constructor(
    config: pg.PoolConfig,
    private readonly tenant: () => string | undefined,
  ) {
    super(config);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(done: Connected): void;
  override connect(done?: Connected): Promise<pg.PoolClient> | void {
    const connecting = this.connectFor(this.tenant() ?? '');
    if (!done) return connecting;
    void handOver(connecting, done);
  }

  private async connectFor(tenant: string): Promise<pg.PoolClient> {
    const client = await super.connect();
    if (this.toldOf.get(client) === tenant) return client;
    try {
      await client.query("SELECT set_config('aura.tenant', $1, false)", [tenant]);
      this.toldOf.set(client, tenant);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

/** As pg's own pool hands a connection to who gave it a function; whoever does that catches what the function throws. */
async function handOver(connecting: Promise<pg.PoolClient>, done: Connected): Promise<void> {
  let client: pg.PoolClient;
  try {
    client = await connecting;
  } catch (error) {
    done(error as Error, undefined, () => undefined);
    return;
  }
  done(undefined, client, (error) => client.release(error));
}

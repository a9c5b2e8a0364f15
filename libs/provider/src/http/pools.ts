import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { VendorsDeps } from '../vendors.js';
import { publicAgent } from './public-agent.js';

/**
 * Connections that are kept and used again, one pool per address; all of them for one time limit of connecting, which
 * belongs to the pool and not to the call.
 */
export class Pools {
  private readonly pools = new Map<string, Dispatcher>();

  constructor(private readonly deps: Pick<VendorsDeps, 'proxy' | 'reach'>) {}

  /** Local accounts are called directly. */
  take(runs: 'remote' | 'local', connectMs: number): Dispatcher {
    const name = `${runs} ${connectMs}`;
    const found = this.pools.get(name);
    if (found) return found;
    const made = this.make(runs, connectMs);
    this.pools.set(name, made);
    return made;
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
    this.pools.clear();
  }

  private make(runs: 'remote' | 'local', connectMs: number): Dispatcher {
    const { proxy: { httpProxy = '', httpsProxy = '', noProxy = '' } = {}, reach } = this.deps;
    if (reach === 'public') return publicAgent(connectMs);
    const connect = { timeout: connectMs };
    if (runs === 'local' || httpProxy + httpsProxy === '') return new Agent({ connect });
    return new EnvHttpProxyAgent({
      // All three are always given: what is absent would be read from the environment.
      httpProxy,
      httpsProxy,
      noProxy,
      connect,
      requestTls: connect,
      proxyTls: connect,
      // Plain http goes through a proxy as it is, since many proxies tunnel to port 443 only.
      proxyTunnel: false,
    });
  }
}

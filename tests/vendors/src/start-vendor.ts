import type { VendorOptions } from './server/call.js';
import { startServer, type VendorServer } from './server/vendor-server.js';
import { DEFINITIONS, type VendorDefinition, type VendorName } from './vendors/definitions.js';

export interface Vendor extends VendorServer {
  readonly name: VendorName;
  /** Environment variables that point Aura to this server. */
  readonly environment: Record<string, string>;
}

/**
 * Starts one vendor's server on loopback, on a free port unless `options.port` says which. Each server has its
 * own faults, bill and requests. Errors: EADDRINUSE where the port is taken.
 */
export async function startVendor(name: VendorName, options: VendorOptions = {}): Promise<Vendor> {
  const definition: VendorDefinition = DEFINITIONS[name];
  const key = options.key ?? definition.key;
  const server = await startServer(definition.create, { key, options });
  return { ...server, name, environment: definition.environment(server) };
}

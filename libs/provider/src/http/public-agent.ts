import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress } from './public-address.js';

/** A connection was refused by us, because of where it would have led. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** As Node's own, for all addresses of a name. A dependency so that tests can play a hostile name server. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export const resolveBySystem: Resolve = (hostname, done) =>
  systemLookup(hostname, { all: true, verbatim: true }, done);

/**
 * An agent that connects to public addresses only. They are judged in the look-up that the connection itself is made
 * with, so that a name cannot change between judging and connecting, and once more on the socket. One address that is not public refuses the name.
 */
export function publicAgent(connectMs: number, resolve: Resolve = resolveBySystem): Agent {
  const connect = buildConnector({ timeout: connectMs, lookup: judgedLookup(resolve) });
  return new Agent({
    keepAliveTimeout: 1,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      const refused = new AddressRefused('the address is not public');
      // What is written as an address is never looked up.
      if (isIP(host) !== 0 && !isPublicAddress(host)) return callback(refused, null);
      connect(options, (...result) => {
        const [error, socket] = result;
        if (error || isPublicAddress(socket.remoteAddress ?? '')) return callback(...result);
        socket.destroy();
        callback(refused, null);
      });
    },
  });
}

/** A look-up for sockets that gives public addresses or an error, from one single answer of the name server. */
export function judgedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, (error, addresses) => {
      const isRefused = !error && !addresses.every(({ address }) => isPublicAddress(address));
      const [first] = addresses ?? [];
      if (error) callback(error, []);
      else if (isRefused || !first) callback(new AddressRefused('the name leads inside'), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
}

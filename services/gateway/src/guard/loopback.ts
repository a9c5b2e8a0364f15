import { isIP } from 'node:net';

/** A name or address that never leaves this machine; IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (name === 'localhost' || name === '::1') return true;
  return isIP(name) === 4 && name.startsWith('127.');
}

/** The name in a Host header, without its port. Undefined where the header is not `name` or `name:port`. */
export function hostNameOf(header: string | undefined): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.exec(header ?? '')?.[1];
}

/** The host of an Origin header; undefined for "null" and for what is no http origin. */
export function originHostOf(header: string): string | undefined {
  const url = URL.canParse(header) ? new URL(header) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.hostname : undefined;
}

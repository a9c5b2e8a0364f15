import { isIP } from 'node:net';

/**
 * Whether an address that whoever runs Aura has set belongs to the machines that Aura runs on or stands beside:
 * loopback, the unspecified address, private networks, names without a dot (of containers), `.local`, `.internal`.
 * Says what offline mode leaves out, and nothing about what may be fetched: that is for `safeFetch`. Pure.
 */
export function isOwnMachine(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
  const version = isIP(host);
  if (host === '0.0.0.0' || host === '::') return true;
  if (version === 4) return /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./.test(host);
  if (version === 6) return /^(?:::1$|f[cd]|fe[89ab])/i.test(host);
  return host !== '' && (!host.includes('.') || /\.(?:local|internal|lan|home\.arpa)$/i.test(host));
}

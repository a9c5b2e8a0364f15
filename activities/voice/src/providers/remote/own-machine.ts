import { isIP } from 'node:net';

/**
 * Whether an address belongs to the machines that Aura runs on or stands beside: loopback, private networks,
 * names without a dot (of containers), `.local`, `.internal`. Only decides what offline mode leaves out; for
 * addresses that whoever runs Aura has set.
 */
export function isOwnMachine(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/gu, '') : '';
  const version = isIP(host);
  if (version === 4) return /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./u.test(host);
  if (version === 6) return /^(?:::1$|f[cd]|fe[89ab])/iu.test(host);
  return (
    host !== '' && (!host.includes('.') || /\.(?:local|internal|lan|home\.arpa)$/iu.test(host))
  );
}

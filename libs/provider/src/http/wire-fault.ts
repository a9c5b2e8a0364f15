/**
 * What went wrong on the wire, before anybody looks at whose it is. `timeout`: a limit passed. `connect`: no
 * connection came about. `network`: it broke. `garbage`: what came is no HTTP, or not what was asked for. `too large`: the
 * body passed its limit. `redirect`: it pointed somewhere else.
 */
export type FaultKind = 'timeout' | 'connect' | 'network' | 'garbage' | 'too large' | 'redirect';

/** Stays inside this library: calls are answered with a Failure. Its message holds no URL and no header. */
export class WireFault extends Error {
  override readonly name = 'WireFault';

  constructor(
    readonly kind: FaultKind,
    message: string,
  ) {
    super(message);
  }
}

/**
 * What undici and the system throw, sorted. Their own messages are dropped where they could hold a URL. The same code may
 * come from connecting and from a connection in use, so `isSent` tells which it was.
 */
export function wireFault(error: unknown, isSent: boolean): WireFault {
  if (error instanceof WireFault) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new WireFault('timeout', 'no connection within the limit');
  }
  if (!isSent && (code === 'UND_ERR_ABORTED' || NO_CONNECTION.test(code))) {
    return new WireFault('connect', `no connection (${code || 'unknown'})`);
  }
  if (isParserError(error) || /^HPE_|HEADERS_OVERFLOW|^Z_|^ERR__ERROR_FORMAT/.test(code)) {
    return new WireFault('garbage', `the reply cannot be read (${code || 'no HTTP'})`);
  }
  return new WireFault('network', `the connection broke (${code || 'unknown'})`);
}

const NO_CONNECTION =
  /CERT|TLS|SSL|^E(?:CONNREFUSED|NOTFOUND|AI_AGAIN|AI_FAIL|HOSTUNREACH|NETUNREACH|ADDRNOTAVAIL|HOSTDOWN|NETDOWN)$/;

/** Of undici: its parser's errors have a name always and a code sometimes. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

export interface LogOptions {
  /** Instead of standard output. */
  to?: DestinationStream;
  /** Hears each line as well, after everything has been cut out of it. */
  also?: DestinationStream;
  /** Values that are cut out wherever they stand. */
  secrets?: readonly string[];
}

/**
 * A log of one JSON line per outcome on standard output (or where tests read it): a static message plus fields. Secrets and
 * credentials are cut out; what users wrote stands only below `pii`.
 */
export function createLog(
  service: string,
  level: string,
  { to, also, secrets = [] }: LogOptions = {},
): Log {
  const options: LoggerOptions = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: withoutSecrets(secrets) },
    redact: {
      paths: [
        '*.authorization',
        '*.apiKey',
        '*.password',
        'authorization',
        'apiKey',
        'password',
        'databaseUrl',
      ],
      censor: CUT,
    },
  };
  const stream = to ?? pino.destination(1);
  return pino(options, also ? both(stream, also) : stream);
}

const CUT = '[cut]';
/** What is shorter is no secret, and would be found in everything. */
const SHORTEST_SECRET = 8;

/** Gives text without these values, also where they stand in JSON or in an address. */
export function withoutSecrets(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]);
  // The longest first: one may be the beginning of another.
  const longest = [...new Set(spellings)].toSorted((one, other) => other.length - one.length);
  return (text) => longest.reduce((left, one) => left.replaceAll(one, CUT), text);
}

function both(one: DestinationStream, other: DestinationStream): DestinationStream {
  return {
    write(line) {
      one.write(line);
      other.write(line);
    },
  };
}

import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

/**
 * A log of one JSON line per outcome on standard output (or where tests read it): a static message plus fields. Secrets and
 * credentials are cut out; what users wrote stands only below `pii`.
 */
export function createLog(service: string, level: string, to?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
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
      censor: '[cut]',
    },
  };
  return to ? pino(options, to) : pino(options);
}

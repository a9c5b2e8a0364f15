import { PassThrough } from 'node:stream';
import { createLog, type Log } from '@aura/telemetry';

/** A real log whose lines are kept instead of printed. */
export function loggedLines(): { log: Log; of(message: string): Record<string, unknown>[] } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const of = (message: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === message);
  return { log: createLog('test', 'info', { to: stream }), of };
}

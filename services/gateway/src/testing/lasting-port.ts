import { randomInt } from 'node:crypto';
// The servers are those that `npm start` brings; nothing but tests comes through this door.
// oxlint-disable-next-line @nx/enforce-module-boundaries
import { isFree } from '@aura/local';

/**
 * A free port that stays free while its server is down: it lies below the range that the system takes
 * ports of outgoing connections from, of which one that keeps trying may even meet itself.
 */
export async function lastingPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free');
}

import type { Settings } from '@aura/config';
import { portProblem } from './ports.js';
import { StackError } from './service.js';

export interface Ports {
  gateway: number;
  temporal: number;
  temporalUi: number;
  postgres: number;
}

type PortSetting =
  'AURA_PORT' | 'AURA_TEMPORAL_PORT' | 'AURA_TEMPORAL_UI_PORT' | 'AURA_POSTGRES_PORT';

const TRIES = 100;

/**
 * The ports of this start. One that the user has set is taken or named in a StackError; a default that is
 * in use makes way for the next free one, which `say` tells.
 */
export async function choosePorts(
  settings: Settings,
  isSet: (name: PortSetting) => boolean,
  say: (line: string) => void,
): Promise<Ports> {
  const taken = new Set<number>();
  const choose = async (name: PortSetting, host?: string) => {
    const wanted = settings[name];
    const problem = taken.has(wanted) ? 'is in use' : await portProblem(wanted, host);
    if (problem && isSet(name)) throw new StackError(`${name}: port ${wanted} ${problem}.`);
    const port = problem ? await nextFree(wanted + 1, taken, host) : wanted;
    if (port === undefined) throw new StackError(`${name}: no port from ${wanted} on is free.`);
    if (problem) say(`Port ${wanted} ${problem}: ${name} is ${port} this time.`);
    taken.add(port);
    return port;
  };
  return {
    gateway: await choose('AURA_PORT', settings.AURA_HOST),
    temporal: settings.TEMPORAL_ADDRESS ? 0 : await choose('AURA_TEMPORAL_PORT'),
    temporalUi: settings.TEMPORAL_ADDRESS ? 0 : await choose('AURA_TEMPORAL_UI_PORT'),
    postgres: settings.DATABASE_URL ? 0 : await choose('AURA_POSTGRES_PORT'),
  };
}

async function nextFree(
  first: number,
  taken: Set<number>,
  host?: string,
): Promise<number | undefined> {
  for (let port = first; port < first + TRIES && port <= 65_535; port += 1) {
    if (!taken.has(port) && !(await portProblem(port, host))) return port;
  }
  return undefined;
}

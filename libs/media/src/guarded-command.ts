import { spawnSync } from 'node:child_process';
import { env } from 'node:process';
import { childEnvironment } from './child-environment.js';

const ADDRESS_SPACE_BYTES = 6 * 1024 ** 3;

let guards: { limit: string[]; tie: string[] } | undefined;

/**
 * A command wrapped so that it dies with the process that started it and may not take more than 6 GiB of
 * address space: one 4K encode with its look-ahead needs under 2 GiB. Both are programs of util-linux;
 * a system without them runs the command as it is. What maps a graphics device needs far more addresses than memory,
 * and is not limited.
 */
export function guarded(
  program: string,
  args: readonly string[],
  { mapsDevices = false } = {},
): [string, string[]] {
  guards ??= process.platform === 'linux' ? availableGuards() : { limit: [], tie: [] };
  const [first, ...rest] = [...(mapsDevices ? [] : guards.limit), ...guards.tie];
  return first === undefined ? [program, [...args]] : [first, [...rest, program, ...args]];
}

function availableGuards() {
  const limit = starts('prlimit') ? ['prlimit', `--as=${ADDRESS_SPACE_BYTES}`] : [];
  const tie = starts('setpriv') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
  return { limit, tie };
}

function starts(program: string): boolean {
  const options = { stdio: 'ignore', env: childEnvironment(env) } as const;
  return spawnSync(program, ['--version'], options).status === 0;
}

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadSettings, type Settings } from '@aura/config';
import { LocalStore } from '@aura/storage';
import type { Command } from '../setup/command-line.mjs';
import { releaseLock, takeLock } from '../setup/lock.mjs';
import { auraHome, environment } from '../setup/paths.mjs';
import { OUR_ORDERS } from './api.js';
import { choosePorts } from './choose-ports.js';
import type { KnownJobs } from './collect-films.js';
import { jobsInWork, jobsMade } from './database-view.js';
import { makeFilms } from './make-films.js';
import { endOrphans } from './orphans.js';
import { StackError } from './service.js';
import { createStack } from './stack.js';
import { onStopSignal } from './stop-signal.js';
import { createTerminal } from './terminal.js';

const terminal = createTerminal(process.stdout);
const say = (line: string) => terminal.say(line);

/** `npm start` once everything is installed and built. Ends the process. */
export async function start(command: Command): Promise<never> {
  try {
    await run(command, environment());
  } catch (error) {
    terminal.settle();
    process.exitCode = exitCodeOf(error);
  }
  process.exit(); // a film of an earlier start may still be followed
}

/**
 * Somebody waits for the stop: work that is not done so soon is broken off, and done again at the next
 * start. Where AURA_DRAIN_MS is set, that holds.
 */
const DRAIN_MS = 1_500;

async function run(command: Command, env: NodeJS.ProcessEnv): Promise<void> {
  const settings = loadSettings(env);
  const home = auraHome(env);
  const lock = path.join(home, 'aura.lock');
  await openHome(home, lock);
  await endOrphans(home);
  const stopping = new AbortController();
  try {
    const ports = await choosePorts(settings, (name) => Boolean(env[name]?.trim()), say);
    await writeFile(path.join(home, 'ports.json'), JSON.stringify(ports)); // for npm run replay
    await clearLeftovers(home, settings);
    const drainMs = env['AURA_DRAIN_MS']?.trim() ? settings.AURA_DRAIN_MS : DRAIN_MS;
    const stack = createStack({ home, settings, ports, env, drainMs, say });
    onStopSignal({
      first: () => stopping.abort(),
      second: () => {
        stack.kill();
        releaseLock(lock);
        process.exit(130);
      },
    });
    stopping.signal.addEventListener('abort', () => {
      terminal.settle();
      say('Stopping; what is in work goes on at the next start. Ctrl-C again ends at once.');
      void stack.stop(say);
    });
    try {
      await serve({ command, settings, home, stack, signal: stopping.signal });
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
      process.exitCode = command.once ? 130 : 0;
    } finally {
      await stack.stop();
      await clearLeftovers(home, settings);
    }
  } finally {
    releaseLock(lock);
  }
}

interface Serving {
  command: Command;
  settings: Settings;
  home: string;
  stack: ReturnType<typeof createStack>;
  signal: AbortSignal;
}

async function serve({ command, settings, home, stack, signal }: Serving): Promise<void> {
  say(`Starting Aura on ${home} …`);
  const addresses = await stack.start();
  say('Aura is ready:');
  say(`  API               ${addresses.gatewayUrl}/api/videos/generate`);
  say(`  API description   ${addresses.gatewayUrl}/docs`);
  if (addresses.temporalUiUrl) say(`  Temporal Web UI   ${addresses.temporalUiUrl}`);

  const api = { url: addresses.gatewayUrl, apiKey: settings.AURA_API_KEY };
  const tools = { ffmpeg: settings.FFMPEG_PATH, ffprobe: settings.FFPROBE_PATH };
  const jobs = knownJobs(addresses.databaseUrl);
  const isMade = await makeFilms({ command, api, tools, jobs, home, terminal, signal });
  if (command.once) {
    process.exitCode = isMade ? 0 : 1;
    return;
  }
  say('Serving until Ctrl-C.');
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

/**
 * Removes what broken-off work has left in the artifact folder. Only while our own Temporal is down:
 * then no worker, whoever started it, has work to do there.
 */
async function clearLeftovers(home: string, { TEMPORAL_ADDRESS }: Settings): Promise<void> {
  if (TEMPORAL_ADDRESS) return;
  await new LocalStore(path.join(home, 'artifacts')).sweep({ olderThanMs: 0 });
}

function knownJobs(databaseUrl: string): KnownJobs {
  return {
    inWork: () => jobsInWork(databaseUrl),
    made: () => jobsMade(databaseUrl, OUR_ORDERS),
  };
}

async function openHome(home: string, lock: string): Promise<void> {
  await mkdir(home, { recursive: true }).catch((cause: Error) => {
    throw new StackError(`AURA_HOME: ${home} cannot be made: ${cause.message}`, { cause });
  });
  const holder = takeLock(lock);
  if (!holder) return;
  throw new StackError(
    `Aura already runs on ${home} (process ${holder.pid}). Stop it, or give this start another AURA_HOME.`,
  );
}

function exitCodeOf(error: unknown): number {
  if (error instanceof StackError) {
    say(error.message);
    return 1;
  }
  throw error;
}

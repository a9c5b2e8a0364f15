import { spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { CHECKOUT, auraHome } from './paths.mjs';

/** A step cannot go on. The message is for the user; what the program has said stands in the log. */
export class SetupError extends Error {}

export const SETUP_LOG = path.join(auraHome(), 'logs/setup.log');

/** Child → how it was started. */
const running = new Map();
let runs = 0;

/** Whether there is anything of this time in the log. */
export function hasRun() {
  return runs > 0;
}

/**
 * Runs a program with its output in the setup's log; it sees Ctrl-C as we do, and on Linux ends with us
 * also when we are killed (unless `outlives`, for what must not be torn off). Throws a SetupError with
 * the end of its output.
 */
export async function run(
  program,
  args,
  { cwd = CHECKOUT, env = process.env, outlives = false } = {},
) {
  mkdirSync(path.dirname(SETUP_LOG), { recursive: true });
  const log = openSync(SETUP_LOG, 'a');
  const begin = statSync(SETUP_LOG).size;
  writeSync(log, `\n$ ${[program, ...args].join(' ')}\n`);
  const guard = !outlives && process.platform === 'linux' && isOnPath('setpriv');
  const words = guard
    ? ['setpriv', '--pdeathsig', 'KILL', '--', program, ...args]
    : [program, ...args];
  const child = spawn(words[0], words.slice(1), { cwd, env, stdio: ['ignore', log, log] });
  running.set(child, { outlives });
  runs += 1;
  try {
    const end = await new Promise((resolve, reject) => {
      child.once('error', reject).once('exit', (code, signal) => resolve(signal ?? code));
    });
    if (end !== 0) throw new SetupError(`${program} ended with ${end}\n${excerpt(begin)}`);
  } catch (error) {
    if (error.code === 'ENOENT') throw new SetupError(`${program} is not installed`);
    throw error;
  } finally {
    running.delete(child);
    closeSync(log);
  }
}

const END_WITHIN_MS = 3_000;

/** Asks whatever runs to end and waits for it. Only what must not be torn off may take its time. */
export async function endRunning() {
  await Promise.all(
    [...running].map(([child, { outlives }]) => {
      child.kill('SIGTERM');
      if (!outlives) setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS).unref();
      return new Promise((resolve) => {
        child.once('exit', resolve);
      });
    }),
  );
}

/** Whether a program is on PATH, or, given as a path, can be run. */
export function isInstalled(program) {
  if (program.includes('/')) return isExecutable(program);
  return isOnPath(program);
}

export function isOnPath(program) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) => isExecutable(path.join(folder, program)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** What the program has said, shortened in the middle: causes stand at either end. */
function excerpt(begin) {
  const said = readFileSync(SETUP_LOG).subarray(begin).toString('utf8').trim().split('\n').slice(1);
  const lines = said.length > 16 ? [...said.slice(0, 8), '…', ...said.slice(-7)] : said;
  return lines.map((line) => `  | ${line}`).join('\n');
}

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CHECKOUT } from './checkout.js';
import { StackError } from './service.js';

const execute = promisify(execFile);

/** The Temporal CLI of the fitting version: the one on PATH, else the one that the setup has put into the user's cache. */
export async function temporalProgram(): Promise<string> {
  const version = await wantedVersion();
  const cache = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  for (const program of ['temporal', path.join(cache, 'aura/temporal', version, 'temporal')]) {
    const { stdout } = await execute(program, ['--version']).catch(() => ({ stdout: '' }));
    if (stdout.startsWith(`temporal version ${version} `)) return program;
  }
  throw new StackError(`The Temporal CLI ${version} is not there: run npm start, which gets it.`);
}

async function wantedVersion(): Promise<string> {
  const file = path.join(CHECKOUT, 'deploy/local/temporal-cli/release.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

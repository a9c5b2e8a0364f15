import { spawnSync } from 'node:child_process';
import { CHECKOUT } from './paths.mjs';

/** Runs a program in the checkout, in this terminal, and gives its exit code. */
export function runHere(program, args, env = process.env) {
  const { status } = spawnSync(program, args, { cwd: CHECKOUT, env, stdio: 'inherit' });
  return status ?? 1;
}

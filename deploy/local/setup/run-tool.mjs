import { runHere } from './run-here.mjs';
import { setUp } from './setup.mjs';

/** Gets what is missing and runs a compiled program in this terminal; `envOf` is asked once all is there. */
export async function runTool(program, args, envOf) {
  const isReady = await setUp();
  process.exitCode = isReady ? runHere(process.execPath, [program, ...args], await envOf()) : 1;
}

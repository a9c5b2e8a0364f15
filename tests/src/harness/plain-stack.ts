import { startStack, type Stack } from './stack.js';

let running: Promise<Stack> | undefined;

/** A stack without settings of its own, one for all who ask in this file of tests. They leave it as it was. */
export function plainStack(): Promise<Stack> {
  running ??= startStack();
  return running;
}

export async function stopPlainStack(): Promise<void> {
  await (await running)?.stop();
}

import { bodyMemory } from './chain/body-memory.js';
import { callOverhead } from './chain/call-overhead.js';
import { parallelVoices } from './chain/parallel-voices.js';
import type { Figures } from './film.js';

/**
 * What the way through limits, breaker, places and journal costs a call, what a large body costs in memory, and how
 * voices of several scenes share a provider's places. All of it in one run, against servers on this machine.
 */
export async function chain(): Promise<Figures> {
  const memory = await bodyMemory();
  const calls = await callOverhead();
  return { ...calls, ...memory, ...(await parallelVoices()) };
}

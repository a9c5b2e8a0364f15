/**
 * Four moments of every unit of work, at which the fault tests stop a process and kill it. Outside the
 * tests nobody listens and reaching a checkpoint costs nothing.
 */
export type Checkpoint = 'before' | 'during' | 'done' | 'recorded';

export type CheckpointListener = (
  checkpoint: Checkpoint,
  unit: string,
  key: string,
) => Promise<void>;

let listener: CheckpointListener | undefined;

export function listenToCheckpoints(next: CheckpointListener | undefined): void {
  listener = next;
}

/** Tells the listener and waits until it lets the work go on. */
export async function reach(checkpoint: Checkpoint, unit: string, key: string): Promise<void> {
  await listener?.(checkpoint, unit, key);
}

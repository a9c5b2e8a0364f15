/** Task queues by capability, in pipeline order. `AURA_STAGES` names them without the prefix. */
export const QUEUES = {
  workflows: 'aura-workflows',
  record: 'aura-record',
  script: 'aura-script',
  voice: 'aura-voice',
  visuals: 'aura-visuals',
  'compose-cpu': 'aura-compose-cpu',
  'compose-gpu': 'aura-compose-gpu',
} as const;

export type WorkerStage = keyof typeof QUEUES;
export type QueueName = (typeof QUEUES)[WorkerStage];

export const WORKER_STAGES = Object.keys(QUEUES) as WorkerStage[];

/**
 * Stages without which no film can be made. A GPU worker is a help, not a replacement: joining the segments
 * is done on the CPU queue.
 */
export const NEEDED_STAGES = [
  'script',
  'voice',
  'visuals',
  'compose-cpu',
] as const satisfies readonly WorkerStage[];

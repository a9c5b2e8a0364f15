import type { WorkerReport } from '@aura/proto';

/** What a worker says that serves everything and lacks nothing. */
export function worker(changes: Partial<WorkerReport> = {}): WorkerReport {
  const provider = { usable: true, reason: '', languages: [] };
  return {
    workerId: 'w',
    stages: ['workflows', 'record', 'script', 'voice', 'visuals', 'compose-cpu'],
    providers: [
      { ...provider, name: 'rules', stage: 'script' },
      { ...provider, name: 'flite', stage: 'voice' },
      { ...provider, name: 'cards', stage: 'visuals' },
    ],
    checks: [{ name: 'ffmpeg', status: 'Healthy', detail: '' }],
    ...changes,
  };
}

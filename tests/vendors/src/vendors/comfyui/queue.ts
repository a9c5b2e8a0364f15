import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../faults/fault.js';
import { renderOutput, type MadeFile, type NodeOutput } from './render.js';
import type { Workflow } from './validate.js';

/** A prompt in the queue. As the server shows it: `[number, id, workflow, extra data, outputs]`. */
export interface QueuedPrompt {
  number: number;
  id: string;
  workflow: Workflow;
  extra: object;
  outputs: string[];
  fault: Fault | undefined;
}

type Message = [event: string, data: object];

interface HistoryEntry {
  prompt: unknown[];
  outputs: Record<string, NodeOutput>;
  status: { status_str: 'success' | 'error'; completed: boolean; messages: Message[] };
  meta: object;
}

/** One prompt after the other, as the server's worker thread does it. */
export class PromptQueue {
  readonly history = new Map<string, HistoryEntry>();
  readonly files = new Map<string, MadeFile>();
  private pending: QueuedPrompt[] = [];
  private running: QueuedPrompt | undefined;
  private interruption = new AbortController();
  private made = 0;

  constructor(private readonly workMs: number) {}

  add(prompt: QueuedPrompt): void {
    this.pending.push(prompt);
    this.pending.sort((a, b) => a.number - b.number);
    void this.work();
  }

  remove(ids: readonly string[]): void {
    this.pending = this.pending.filter(({ id }) => !ids.includes(id));
  }

  clear(): void {
    this.pending = [];
  }

  /** Ends what runs now; with an id only if that is it. */
  interrupt(id?: string): void {
    if (id === undefined || this.running?.id === id) this.interruption.abort();
  }

  shown(): { queue_running: unknown[]; queue_pending: unknown[] } {
    return {
      queue_running: this.running ? [listed(this.running)] : [],
      queue_pending: this.pending.map(listed),
    };
  }

  get remaining(): number {
    return this.pending.length + (this.running ? 1 : 0);
  }

  private async work(): Promise<void> {
    if (this.running) return;
    const next = this.pending.shift();
    if (!next) return;
    this.running = next;
    this.interruption = new AbortController();
    const entry = await this.execute(next);
    this.history.set(next.id, entry);
    this.running = undefined;
    void this.work();
  }

  private async execute(prompt: QueuedPrompt): Promise<HistoryEntry> {
    const about = { prompt_id: prompt.id };
    const messages: Message[] = [
      ['execution_start', { ...about, timestamp: Date.now() }],
      ['execution_cached', { nodes: [], ...about, timestamp: Date.now() }],
    ];
    const entry = (
      status: 'success' | 'error',
      outputs: Record<string, NodeOutput>,
    ): HistoryEntry => ({
      prompt: listed(prompt),
      outputs,
      status: { status_str: status, completed: status === 'success', messages },
      meta: {},
    });
    const node = { node_id: prompt.outputs[0], node_type: 'KSampler', executed: [] };
    try {
      await sleep(this.workMs, undefined, { signal: this.interruption.signal, ref: false });
    } catch {
      messages.push(['execution_interrupted', { ...about, ...node, timestamp: Date.now() }]);
      return entry('error', {});
    }
    if (prompt.fault?.kind === 'work-fails') {
      const failure = {
        exception_message: 'Allocation on device',
        exception_type: 'torch.OutOfMemoryError',
        traceback: [],
      };
      messages.push(['execution_error', { ...about, ...node, ...failure, timestamp: Date.now() }]);
      return entry('error', {});
    }
    messages.push(['execution_success', { ...about, timestamp: Date.now() }]);
    return entry('success', this.render(prompt));
  }

  private render({ workflow, outputs, fault }: QueuedPrompt): Record<string, NodeOutput> {
    return Object.fromEntries(
      outputs.map((output) => {
        const { said, files } = renderOutput(workflow, output, { counter: this.made + 1, fault });
        this.made += files.size;
        for (const [name, file] of files) this.files.set(name, file);
        return [output, said];
      }),
    );
  }
}

function listed({ number, id, workflow, extra, outputs }: QueuedPrompt): unknown[] {
  return [number, id, workflow, extra, outputs];
}

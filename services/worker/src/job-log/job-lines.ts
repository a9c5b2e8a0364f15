import { randomUUID } from 'node:crypto';
import type { LogBatch, LogLine } from '@aura/proto';
import { logLine } from './log-line.js';

/** So many wait to be kept at most; when nobody takes them, the oldest are dropped. */
const MOST_WAITING = 2_000;
/** So that a batch is well below the largest payload of Temporal. */
const AT_ONCE = 100;

/** The lines of this process that are about jobs, on their way to be kept with them. A stream of a log. */
export class JobLines {
  readonly origin = randomUUID();
  private readonly waiting: LogLine[] = [];
  private written = 0;

  /** Never throws, never waits: to log must not hinder work. */
  write(text: string): void {
    try {
      const line = logLine(text, this.written + 1);
      if (!line) return;
      this.written += 1;
      this.waiting.push(line);
      if (this.waiting.length > MOST_WAITING) this.waiting.shift();
    } catch {
      // No line of JSON is none of a job.
    }
  }

  /** The oldest that wait; undefined where none does. They wait on until they are said to be kept. */
  batch(): LogBatch | undefined {
    if (this.waiting.length === 0) return undefined;
    return { origin: this.origin, lines: this.waiting.slice(0, AT_ONCE) };
  }

  kept({ lines }: LogBatch): void {
    const last = lines.at(-1)?.number ?? 0;
    while (this.waiting[0] && this.waiting[0].number <= last) this.waiting.shift();
  }
}

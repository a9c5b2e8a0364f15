import { Failure } from '@aura/failure';
import { keyHere } from '../guard/principal.js';

/** Counts the open streams of each key. Who needs no key has no limit of his own. */
export class StreamsPerKey {
  private readonly open = new Map<string, number>();

  constructor(private readonly most = Infinity) {}

  /** The returned function, called once, says that the stream is closed. Errors: TooManyRequests. */
  take(): () => void {
    const key = keyHere();
    if (key === undefined) return () => undefined;
    const open = this.open.get(key) ?? 0;
    if (open >= this.most) {
      const message = `This key has as many open streams as it may (${this.most}).`;
      throw new Failure('TooManyRequests', message, {
        remediation: 'Close streams that nobody watches, or read the status of jobs instead.',
        retryAfterMs: 5_000,
      });
    }
    this.open.set(key, open + 1);
    return () => this.giveBack(key);
  }

  private giveBack(key: string): void {
    const left = (this.open.get(key) ?? 1) - 1;
    if (left > 0) this.open.set(key, left);
    else this.open.delete(key);
  }
}

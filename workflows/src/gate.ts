/** Lets a few in at a time, in the order in which they came. */
export class Gate {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly width: number) {}

  /** Does `work` when it is let in, and tells it how many others are inside. */
  async pass<T>(work: (others: number) => Promise<T>): Promise<T> {
    if (this.inside < this.width) this.inside += 1;
    else await new Promise<void>((letIn) => this.waiting.push(letIn));
    try {
      return await work(this.inside - 1);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.inside -= 1;
    }
  }
}

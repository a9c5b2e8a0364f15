/**
 * Lets so many pieces of work go on at a time, the others in the order in which they came. What finds room begins at
 * once, in the very call, so that nothing changes for who never has to wait.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private inWork = 0;

  /** `canWait`: asked only where there is no room; false lets the work begin all the same. */
  constructor(
    private readonly most: number,
    private readonly canWait: () => boolean = () => true,
  ) {}

  take<T>(work: () => Promise<T>): Promise<T> {
    if (this.inWork < this.most || !this.canWait()) return this.begin(work);
    return new Promise((resolve) => this.waiting.push(() => resolve(this.begin(work))));
  }

  private begin<T>(work: () => Promise<T>): Promise<T> {
    this.inWork += 1;
    const done = work();
    const end = () => {
      this.inWork -= 1;
      this.waiting.shift()?.();
    };
    done.then(end, end);
    return done;
  }
}

/** A query that took longer than it may, without the values that it was asked with. */
export interface SlowQuery {
  sql: string;
  tookMs: number;
}

const MOST_CHARACTERS = 300;

/** Counts queries, and tells of those that take longer than `limitMs`; 0 tells of none. */
export class SlowQueries {
  private all = 0;
  private slow = 0;
  private worst: SlowQuery | undefined;
  private lastAt = 0;

  constructor(
    readonly limitMs: number,
    private readonly tell: (query: SlowQuery) => void = () => undefined,
  ) {}

  /** Of a query that has ended. */
  seen(sql: string, tookMs: number): void {
    this.all += 1;
    if (this.limitMs === 0 || tookMs < this.limitMs) return;
    this.slow += 1;
    this.lastAt = Date.now();
    const query = {
      sql: sql.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_CHARACTERS),
      tookMs: Math.round(tookMs),
    };
    if (!this.worst || this.worst.tookMs < tookMs) this.worst = query;
    this.tell(query);
  }

  /** Since this process began. */
  summary(): { all: number; slow: number; worst: SlowQuery | undefined; lastAt: number } {
    const { all, slow, worst, lastAt } = this;
    return { all, slow, worst, lastAt };
  }
}

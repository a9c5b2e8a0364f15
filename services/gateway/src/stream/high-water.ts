/** How many jobs are remembered; who is forgotten falls back to the recorded percentage. */
const MAX_JOBS = 20_000;

/**
 * The highest percentage that this gateway has told of each job, so that streams and the status never
 * say less than was said before.
 */
export class HighWater {
  private readonly marks = new Map<string, number>();

  /** Raises the mark and gives it back. */
  raise(jobId: string, percent: number): number {
    const mark = Math.max(percent, this.marks.get(jobId) ?? 0);
    this.marks.delete(jobId);
    this.marks.set(jobId, mark);
    if (this.marks.size > MAX_JOBS) this.marks.delete(this.marks.keys().next().value ?? '');
    return mark;
  }

  of(jobId: string): number {
    return this.marks.get(jobId) ?? 0;
  }
}

export interface Counts {
  passed: number;
  skipped: number;
  failures: string[];
  triedAgain: string[];
}
export function countsIn(report: string, code: number | string | null): Counts;
export function summaryOf(group: Counts & { title: string }): string[];

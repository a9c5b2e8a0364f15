export interface Counts {
  passed: number;
  skipped: number;
  failures: string[];
  triedAgain: string[];
}
export function countsIn(report: string): Counts | undefined;
export function jestItself(code: number | string): Counts;
export function summaryOf(group: Counts & { title: string }): string[];

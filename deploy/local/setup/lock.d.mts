export interface Holder {
  pid: number;
}
export function takeLock(file: string): Holder | undefined;
export function releaseLock(file: string): void;
export function holderOf(file: string): Holder | undefined;
export function identityOf(pid: number): string | undefined;

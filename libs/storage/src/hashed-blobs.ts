import type { Verified, VerifyRequest } from './artifact-store.js';

/** The account of one look through a store's blobs, in the order of their names. */
export class HashedBlobs {
  private readonly corrupt: string[] = [];
  private checked = 0;
  private bytes = 0;
  private last: string | undefined;
  private isCutOff = false;

  constructor(private readonly request: VerifyRequest) {}

  isNext(sha256: string): boolean {
    const { after } = this.request;
    return after === undefined || sha256 > after;
  }

  /** Whether so much has been looked at as was asked for, or nobody wants to know any more. */
  isEnough(): boolean {
    const { atMost = Infinity, signal } = this.request;
    this.isCutOff = this.checked >= atMost || signal?.aborted === true;
    return this.isCutOff;
  }

  add({ sha256, bytes, isIntact }: { sha256: string; bytes: number; isIntact: boolean }): void {
    this.checked += 1;
    this.bytes += bytes;
    this.last = sha256;
    if (!isIntact) this.corrupt.push(sha256);
  }

  verified(): Verified {
    const { checked, bytes, corrupt, last, isCutOff } = this;
    return { checked, bytes, corrupt, ...(isCutOff && last ? { next: last } : {}) };
  }
}

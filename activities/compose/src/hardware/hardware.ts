import { HARDWARE_CHECK, type Check } from '@aura/proto';
import type { HardwareDevice } from './hardware-encoder.js';
import type { HardwareTrouble } from './hardware-trouble.js';
import { probeHardware, type HardwareFound, type HardwareRequest } from './probe-hardware.js';

/** After so many failures in a row a device is left alone until another trial succeeds. */
const MOST_FAILURES = 3;
const TRIED_AGAIN_AFTER_MS = 60_000;

/**
 * The graphics hardware of one worker: tried out once when the worker starts, and counted on until it fails three times
 * in a row; from then on it is tried out once a minute.
 */
export class Hardware {
  private probing: Promise<HardwareFound> | undefined;
  private encoded = 0;
  private failed = 0;
  private inRow = 0;
  private last: { trouble: HardwareTrouble; at: number } | undefined;

  constructor(
    private readonly request: HardwareRequest & {
      /** Whether this worker serves the GPU queue: then it is a fault to have none. */
      isWanted: boolean;
      now?: () => number;
    },
  ) {}

  /** What to encode with now; undefined where there is nothing that works. */
  async device(): Promise<HardwareDevice | undefined> {
    if (this.isLeftAlone()) return undefined;
    return (await this.found()).device;
  }

  succeeded(): void {
    this.encoded += 1;
    this.inRow = 0;
  }

  failedWith(trouble: HardwareTrouble): void {
    this.failed += 1;
    this.inRow += 1;
    this.last = { trouble, at: this.now() };
  }

  /** What there is, for operators. Never Unhealthy: what hardware does not do, processors do. */
  async check(): Promise<Check> {
    await this.tryAgain();
    const { device, reasons } = await this.found();
    const status = this.request.isWanted ? 'Degraded' : 'Healthy';
    if (!device) {
      const told = Object.entries(reasons).map(([family, reason]) => `${family}: ${reason}`);
      const detail = `No graphics hardware encodes here (${told.join('; ') || 'none is wanted'}).`;
      return { name: HARDWARE_CHECK, status, detail };
    }
    const detail = `${device.family} works${this.told()}`;
    if (this.isLeftAlone()) return { name: HARDWARE_CHECK, status: 'Degraded', detail };
    return { name: HARDWARE_CHECK, status: 'Healthy', detail };
  }

  private told(): string {
    if (!this.last) return '.';
    const { failed, encoded, last } = this;
    const left = this.isLeftAlone() ? ' It is left alone for now.' : '';
    return `; ${failed} of ${failed + encoded} segments failed on it, the last because ${last.trouble.words}.${left}`;
  }

  private isLeftAlone(): boolean {
    return this.inRow >= MOST_FAILURES;
  }

  private async tryAgain(): Promise<void> {
    if (!this.isLeftAlone() || !this.last) return;
    if (this.now() - this.last.at < TRIED_AGAIN_AFTER_MS) return;
    this.last = { ...this.last, at: this.now() };
    const { device } = await probeHardware(this.request);
    if (device) this.inRow = 0;
  }

  private found(): Promise<HardwareFound> {
    this.probing ??= probeHardware(this.request);
    return this.probing;
  }

  private now(): number {
    return (this.request.now ?? Date.now)();
  }
}

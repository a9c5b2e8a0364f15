import { expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import {
  startVendor,
  type Fault,
  type Vendor,
  type VendorName,
  type VendorOptions,
} from '@aura/vendors';
import type { VisualsSettings } from '../providers/visuals-entry.js';
import { visualsStage, type VisualsStage } from './visuals-stage.js';

/** A provider whose vendor is a local server. */
export interface VendorCase {
  /** The provider's name and that of its server. */
  name: VendorName;
  settings: (vendor: Vendor) => VisualsSettings;
  /** The call that brings the picture, or its search. */
  route: string;
  /** The call that brings the picture's bytes, where that is another. */
  fileRoute?: string;
}

/** Long enough for a picture on a busy machine, and short enough to wait for. */
const TOTAL_MS = 4_000;

/** Runs a test against a server and a stage of its own, which are closed in any case. */
export async function withStage(
  { name, settings }: Pick<VendorCase, 'name' | 'settings'>,
  run: (stage: VisualsStage, vendor: Vendor) => Promise<void>,
  options: VendorOptions & { totalMs?: number } = {},
): Promise<void> {
  const vendor = await startVendor(name, options);
  const stage = await visualsStage(settings(vendor), { totalMs: options.totalMs ?? 20_000 });
  try {
    await run(stage, vendor);
  } finally {
    await stage.close();
    await vendor.close();
  }
}

type Expected = readonly [fault: Fault, code: string, more?: object];

/** What any vendor's faults come to, whoever it is. */
const COMMON: readonly Expected[] = [
  [{ kind: 'rate-limit', retryAfter: '2' }, 'RATE_LIMIT_EXCEEDED', { retryAfterMs: 2_000 }],
  [{ kind: 'rate-limit', retryAfter: '7200' }, 'RATE_LIMIT_EXCEEDED', { retryable: false }],
  [{ kind: 'rate-limit', retryAfter: 'soon' }, 'RATE_LIMIT_EXCEEDED', { retryable: true }],
  [{ kind: 'unauthorized' }, 'AUTH_FAILED', { message: 'Invalid API key' }],
  [{ kind: 'no-money' }, 'QUOTA_EXCEEDED', { retryable: false }],
  [{ kind: 'status', status: 500 }, 'API_ERROR', { message: 'Service unavailable' }],
  [{ kind: 'status', status: 503 }, 'API_ERROR', { retryable: true }],
  [{ kind: 'reset', when: 'before' }, 'TransientNetworkFailure'],
  [{ kind: 'reset', when: 'inside' }, 'TransientNetworkFailure'],
  [{ kind: 'lost-reply' }, 'TransientNetworkFailure'],
  [{ kind: 'garbage' }, 'API_ERROR'],
  [{ kind: 'empty' }, 'API_ERROR'],
  [{ kind: 'html' }, 'API_ERROR'],
  [{ kind: 'deep-json' }, 'API_ERROR'],
  [{ kind: 'endless-body' }, 'API_ERROR'],
];

const SLOW: readonly Expected[] = [
  [{ kind: 'slow', firstByteMs: 60_000 }, 'NETWORK_TIMEOUT'],
  [{ kind: 'hang', afterBytes: 10 }, 'NETWORK_TIMEOUT'],
];

/** What is wrong with the picture itself. */
const SPOILT: readonly Expected[] = [
  [{ kind: 'picture-bomb' }, 'PictureInvalid'],
  [{ kind: 'blank-picture' }, 'PictureInvalid'],
];

/**
 * The guarantees that every vendor of pictures gives: each fault has its code, nothing half is published, a cancel ends
 * the call at once, and the key stands nowhere but on the wire.
 */
export function testFaults(given: VendorCase): void {
  test.each(COMMON.map((row) => [named(row[0]), row] as const))(
    'a fault has its code: %s',
    (_, row) => expectFault(given, row, given.route),
  );
  test.each(SLOW.map((row) => [named(row[0]), row] as const))(
    'a fault has its code: %s',
    (_, row) => expectFault(given, row, given.route, 600),
  );
  test.each(SPOILT.map((row) => [named(row[0]), row] as const))(
    'a picture is refused: %s',
    (_, row) => expectFault(given, row, given.fileRoute ?? given.route),
  );

  test('a cancel in flight ends the call at once and publishes nothing', () =>
    withStage(
      given,
      async (stage, vendor) => {
        vendor.faults([{ kind: 'slow', firstByteMs: 60_000, route: given.route }]);
        const environment = new MockActivityEnvironment();
        const started = performance.now();
        const drawing = environment.run(() => stage.illustrate({ provider: given.name }));
        const ended = expect(drawing).rejects.toMatchObject({ name: 'CancelledFailure' });
        await arrived(vendor);
        environment.cancel();
        await ended;
        expect(performance.now() - started).toBeLessThan(6_000);
        expect(vendor.bill().accepted).toBe(0);
      },
      { totalMs: 60_000 },
    ));
}

async function expectFault(
  given: VendorCase,
  [fault, code, more = {}]: Expected,
  route: string,
  totalMs = TOTAL_MS,
): Promise<void> {
  const key = given.name === 'automatic1111' ? 'canary:of-the-vendor' : undefined;
  await withStage(
    given,
    async (stage, vendor) => {
      vendor.faults([{ ...fault, route }]);
      const failing = stage.illustrate({ provider: given.name });
      const failure = await failing.then(
        () => undefined,
        (error: Error) => error,
      );
      expect(failure).toMatchObject({ code, ...more });
      const said = JSON.stringify([
        failure,
        failure?.message,
        failure?.stack,
        await stage.journalText(),
      ]);
      if (vendor.key !== '') expect(said).not.toContain(vendor.key);
    },
    { totalMs, ...(key ? { key } : {}) },
  );
}

/** The vendor has got a request. */
async function arrived(vendor: Vendor): Promise<void> {
  for (let tries = 0; vendor.requests().length === 0 && tries < 400; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(vendor.requests().length).toBeGreaterThan(0);
}

function named(fault: Fault): string {
  return JSON.stringify(fault).replaceAll(/["{}]/g, '');
}

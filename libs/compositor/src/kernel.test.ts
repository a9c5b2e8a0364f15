import { expect, test } from 'vitest';
import fc from 'fast-check';
import { compileKernel } from '../build-kernel.mjs';
import { KERNEL_BYTES } from './kernel-bytes.js';
import { kernelRuns, newKernel } from './kernel.js';

test('the committed module is the one that its source gives', async () => {
  expect((await compileKernel()).toString('base64')).toBe(KERNEL_BYTES);
});

test('it runs here', () => {
  expect(kernelRuns()).toBe(true);
});

test('two rows are mixed as arithmetic says, at any length and weight', () => {
  const kernel = newKernel();
  const [a, b, out] = [kernel.take(600), kernel.take(600), kernel.take(600)];
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 500 }),
      fc.integer({ min: 0, max: 256 }),
      (bytes, weight) => {
        const other = bytes.toReversed();
        kernel.bytes(a, bytes.length).set(bytes);
        kernel.bytes(b, bytes.length).set(other);
        kernel.mix(a, b, out, bytes.length, weight);
        const wanted = bytes.map(
          (value, index) => (value * (256 - weight) + (other[index] ?? 0) * weight + 128) >> 8,
        );
        expect([...kernel.bytes(out, bytes.length)]).toEqual([...wanted]);
      },
    ),
    { numRuns: 50 },
  );
});

test('memory that was taken is kept apart and zero', () => {
  const kernel = newKernel();
  const first = kernel.take(10);
  kernel.bytes(first, 10).fill(7);
  const second = kernel.take(100_000);
  expect(second - first).toBeGreaterThanOrEqual(10);
  expect(second % 16).toBe(0);
  expect(Math.max(...kernel.bytes(second, 100_000))).toBe(0);
  expect(kernel.bytes(first, 1)[0]).toBe(7);
});

test('memory that was taken back is given out anew, and zero', () => {
  const kernel = newKernel();
  const first = kernel.take(200_000);
  kernel.bytes(first, 200_000).fill(7);
  const bytes = kernel.memory.buffer.byteLength;
  kernel.clear();
  expect(kernel.take(50_000)).toBe(first);
  const second = kernel.take(150_000);
  expect(kernel.memory.buffer.byteLength).toBe(bytes);
  const isZero = (value: number) => value === 0;
  expect(kernel.bytes(first, 50_000).every(isZero)).toBe(true);
  expect(kernel.bytes(second, 150_000).every(isZero)).toBe(true);
});

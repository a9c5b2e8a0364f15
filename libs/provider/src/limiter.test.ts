import { expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { Limiter } from './limiter.js';

test('never more are inside than there are places, all come in, in order of arrival', async () => {
  const limiter = new Limiter(3);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  const works = Array.from({ length: 20 }, (_, index) =>
    limiter.run(undefined, async () => {
      order.push(index);
      most = Math.max(most, (inside += 1));
      await sleep(1 + (index % 3));
      inside -= 1;
    }),
  );
  await Promise.all(works);
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('work that fails gives its place back', async () => {
  const limiter = new Limiter(1);
  await expect(limiter.run(undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(limiter.run(undefined, async () => 'yes')).resolves.toBe('yes');
});

test('who gives up waiting gets the reason of the signal, and takes no place', async () => {
  const limiter = new Limiter(1);
  let end = () => {};
  const first = limiter.run(undefined, () => new Promise<void>((resolve) => (end = resolve)));
  const cancel = new AbortController();
  const second = limiter.run(cancel.signal, async () => 'second');
  const third = limiter.run(undefined, async () => 'third');
  const reason = new Error('canceled');
  cancel.abort(reason);
  await expect(second).rejects.toBe(reason);
  end();
  await first;
  await expect(third).resolves.toBe('third');
  await expect(limiter.run(cancel.signal, async () => 'never')).rejects.toBe(reason);
});

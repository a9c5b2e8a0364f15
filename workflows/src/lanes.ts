/**
 * Runs `work` over all items in order, at most `width` at a time. After a failure no further item is
 * begun, but what is in work is waited for and kept: its results are recorded and a later run finds them.
 * Throws the failure of the earliest item.
 */
export async function lanes<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const failures = new Map<number, unknown>();
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.size === 0) {
      const index = next;
      next += 1;
      try {
        await work(items[index] as T);
      } catch (error) {
        failures.set(index, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
}

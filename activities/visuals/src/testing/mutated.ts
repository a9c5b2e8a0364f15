/** A file with something wrong in it: bytes turned, a piece cut out, doubled or blackened. The same seed gives the same. */
export function mutated(file: Buffer, seed: number): Buffer {
  const random = generator(seed);
  const at = (most: number) => Math.floor(random() * most);
  const bytes = Buffer.from(file);
  // Half of it in the first bytes, where formats say what they are.
  const place = () => at(random() < 0.5 ? Math.min(512, bytes.length) : bytes.length);
  const from = place();
  const to = Math.min(bytes.length, from + 1 + at(400));
  const ways = [
    () => bytes.subarray(0, from),
    () => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]),
    () => Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]),
    () => bytes.fill(random() < 0.5 ? 0 : 255, from, to),
    () => {
      for (let turns = 1 + at(12); turns > 0; turns -= 1) bytes[place()] = at(256);
      return bytes;
    },
  ];
  return (ways[at(ways.length)] ?? (() => bytes))();
}

/** Marsaglia's xorshift: 0 to 1. */
function generator(seed: number): () => number {
  let state = ((seed + 1) * 2_654_435_761) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

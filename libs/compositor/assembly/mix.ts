// Mixing of frames and of rows. Up to 15 bytes behind the end are written over.

/** `out = a + (b - a) * weight / 256` for any run of bytes. */
export function mix(a: usize, b: usize, out: usize, bytes: i32, weight: i32): void {
  const wa = i16x8.splat(<i16>(256 - weight));
  const wb = i16x8.splat(<i16>weight);
  const half = i16x8.splat(128);
  for (let at: usize = 0; at < <usize>bytes; at += 16) {
    const va = v128.load(a + at);
    const vb = v128.load(b + at);
    const low = i16x8.add(
      i16x8.mul(i16x8.extend_low_i8x16_u(va), wa),
      i16x8.mul(i16x8.extend_low_i8x16_u(vb), wb),
    );
    const high = i16x8.add(
      i16x8.mul(i16x8.extend_high_i8x16_u(va), wa),
      i16x8.mul(i16x8.extend_high_i8x16_u(vb), wb),
    );
    v128.store(
      out + at,
      i8x16.narrow_i16x8_u(
        i16x8.shr_u(i16x8.add(low, half), 8),
        i16x8.shr_u(i16x8.add(high, half), 8),
      ),
    );
  }
}

/** The same with a weight for each column, 0 to 255 for none to all of b. */
export function mixColumns(
  a: usize,
  b: usize,
  out: usize,
  weights: usize,
  width: i32,
  rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const start = <usize>(row * width);
    mixRow(a + start, b + start, out + start, weights, width);
  }
}

// @ts-ignore: decorator
@inline
function mixRow(a: usize, b: usize, out: usize, weights: usize, width: i32): void {
  const half = i16x8.splat(128);
  const whole = i16x8.splat(256);
  for (let at: usize = 0; at < <usize>width; at += 16) {
    const va = v128.load(a + at);
    const vb = v128.load(b + at);
    const w = v128.load(weights + at);
    const wLow = widened(i16x8.extend_low_i8x16_u(w));
    const wHigh = widened(i16x8.extend_high_i8x16_u(w));
    const low = i16x8.add(
      i16x8.mul(i16x8.extend_low_i8x16_u(va), i16x8.sub(whole, wLow)),
      i16x8.mul(i16x8.extend_low_i8x16_u(vb), wLow),
    );
    const high = i16x8.add(
      i16x8.mul(i16x8.extend_high_i8x16_u(va), i16x8.sub(whole, wHigh)),
      i16x8.mul(i16x8.extend_high_i8x16_u(vb), wHigh),
    );
    v128.store(
      out + at,
      i8x16.narrow_i16x8_u(
        i16x8.shr_u(i16x8.add(low, half), 8),
        i16x8.shr_u(i16x8.add(high, half), 8),
      ),
    );
  }
}

/** 0 to 255 as 0 to 256. */
// @ts-ignore: decorator
@inline
function widened(weights: v128): v128 {
  return i16x8.add(weights, i16x8.shr_u(weights, 7));
}

/**
 * Takes one plane over from another grain by grain, two by two pixels of luma each: `fine` for luma, whose grains
 * are two samples wide. `level` runs from 0 to 319; `weights` has room for a row.
 */
export function dissolve(
  a: usize,
  b: usize,
  out: usize,
  weights: usize,
  width: i32,
  rows: i32,
  fine: i32,
  level: i32,
): void {
  for (let row = 0; row < rows; row++) {
    if (fine == 0 || (row & 1) == 0) grains(weights, width, row >> fine, fine, level);
    const start = <usize>(row * width);
    mixRow(a + start, b + start, out + start, weights, width);
  }
}

/** Weights of a row: each grain goes from none to all while the level passes it. */
// @ts-ignore: decorator
@inline
function grains(weights: usize, width: i32, row: i32, fine: i32, level: i32): void {
  for (let column = 0; column < width; column++) {
    const weight = (level - grain(column >> fine, row)) << 2;
    store<u8>(weights + <usize>column, <u8>min(max(weight, 0), 255));
  }
}

/** 0 to 255, evenly spread and without a pattern that shows. */
// @ts-ignore: decorator
@inline
function grain(x: i32, y: i32): i32 {
  let hash = <u32>(x * 0x27d4eb2d) ^ <u32>(y * 0x165667b1);
  hash = (hash ^ (hash >> 15)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return <i32>(hash >> 24);
}

/** Rows of one plane into another, each with its own stride. */
export function copyRows(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  width: i32,
  rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(target + <usize>(row * targetStride), source + <usize>(row * sourceStride), <usize>width);
  }
}

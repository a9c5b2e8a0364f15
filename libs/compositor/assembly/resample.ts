// Window resampling of one plane: separable, four taps, 14-bit weights. All names of lengths are in samples of
// the plane; pointers are offsets into the module's memory.

/** Of one column table entry: which of 16 source bytes go where, and two rows of weights, for four outputs. */
const ENTRY: usize = 48;
/** Sub-positions between two samples. */
const PHASES: f64 = 1024;
/** Samples before a row and behind it that repeat its ends. */
const PAD: i32 = 16;
const RING_ROWS: i32 = 8;

/**
 * Fills the table by which rows are resampled: output k lies at `start + k * step` of the source. `lut` holds four
 * weights for each of 1025 phases.
 */
export function columns(
  table: usize,
  bases: usize,
  lut: usize,
  width: i32,
  sourceWidth: i32,
  start: f64,
  step: f64,
): void {
  const groups = ((width + 15) & ~15) >> 2;
  const lastBase = sourceWidth + PAD - 16;
  for (let group = 0; group < groups; group++) {
    const entry = table + <usize>group * ENTRY;
    const wanted = <i32>Math.floor(start + <f64>(group * 4) * step) - 1;
    const base = min(max(wanted, -PAD), lastBase);
    store<i32>(bases + (<usize>group << 2), base);
    for (let k = 0; k < 4; k++) {
      const position = start + <f64>(group * 4 + k) * step;
      const whole = Math.floor(position);
      const weights = lut + (<usize>(<i32>((position - whole) * PHASES + 0.5)) << 3);
      for (let tap = 0; tap < 4; tap++) {
        const at = min(max(<i32>whole - 1 + tap - base, 0), 15);
        const half: usize = <usize>(tap >> 1);
        const lane: usize = <usize>(k * 2 + (tap & 1));
        store<u8>(entry + half * 8 + lane, <u8>at);
        store<i16>(entry + 16 + half * 16 + lane * 2, load<i16>(weights + (<usize>tap << 1)));
      }
    }
  }
}

/**
 * Draws a plane through a column table: output row j lies at `start + j * step` of the source. `ring` has room for
 * eight rows of 16-bit samples. Up to 15 samples behind a row's end are written over: draw from the top down, and
 * keep that much behind the last row.
 */
export function resample(
  source: usize,
  stride: i32,
  sourceRows: i32,
  target: usize,
  width: i32,
  rows: i32,
  table: usize,
  bases: usize,
  lut: usize,
  ring: usize,
  start: f64,
  step: f64,
): void {
  const padded = (width + 15) & ~15;
  const ringStride: usize = <usize>padded << 1;
  const lastRow = sourceRows - 1;
  let next = <i32>Math.floor(start) - 1;
  for (let row = 0; row < rows; row++) {
    const position = start + <f64>row * step;
    const whole = Math.floor(position);
    const first = <i32>whole - 1;
    if (next < first) next = first;
    while (next <= first + 3) {
      const a = min(max(next, 0), lastRow);
      const b = min(max(next + 1, 0), lastRow);
      horizontal(
        source + <usize>(a * stride),
        source + <usize>(b * stride),
        ring + <usize>(next & (RING_ROWS - 1)) * ringStride,
        ring + <usize>((next + 1) & (RING_ROWS - 1)) * ringStride,
        padded,
        table,
        bases,
      );
      next += 2;
    }
    const weights = lut + (<usize>(<i32>((position - whole) * PHASES + 0.5)) << 3);
    vertical(
      ring + <usize>(first & (RING_ROWS - 1)) * ringStride,
      ring + <usize>((first + 1) & (RING_ROWS - 1)) * ringStride,
      ring + <usize>((first + 2) & (RING_ROWS - 1)) * ringStride,
      ring + <usize>((first + 3) & (RING_ROWS - 1)) * ringStride,
      target + <usize>(row * width),
      padded,
      weights,
    );
  }
}

/** Two rows at a time, so that the table is read once for both. Results are samples times 64. */
// @ts-ignore: decorator
@inline
function horizontal(
  rowA: usize,
  rowB: usize,
  outA: usize,
  outB: usize,
  padded: i32,
  table: usize,
  bases: usize,
): void {
  let entry = table;
  let base = bases;
  const end = outA + (<usize>padded << 1);
  while (outA < end) {
    const at0 = <usize>load<i32>(base);
    const at1 = <usize>load<i32>(base, 4);
    const index0 = v128.load(entry);
    const low0 = v128.load(entry, 16);
    const high0 = v128.load(entry, 32);
    const index1 = v128.load(entry, 48);
    const low1 = v128.load(entry, 64);
    const high1 = v128.load(entry, 80);
    const a0 = i8x16.swizzle(v128.load(rowA + at0), index0);
    const a1 = i8x16.swizzle(v128.load(rowA + at1), index1);
    const b0 = i8x16.swizzle(v128.load(rowB + at0), index0);
    const b1 = i8x16.swizzle(v128.load(rowB + at1), index1);
    v128.store(
      outA,
      i16x8.narrow_i32x4_s(taps(a0, low0, high0), taps(a1, low1, high1)),
    );
    v128.store(
      outB,
      i16x8.narrow_i32x4_s(taps(b0, low0, high0), taps(b1, low1, high1)),
    );
    entry += 2 * ENTRY;
    base += 8;
    outA += 16;
    outB += 16;
  }
}

// @ts-ignore: decorator
@inline
function taps(samples: v128, low: v128, high: v128): v128 {
  return i32x4.shr_s(
    i32x4.add(
      i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(samples), low),
      i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(samples), high),
    ),
    8,
  );
}

/** What halves are rounded by, and the half that `taps` has cut off. */
const ROUND: i32 = (1 << 19) + (1 << 13);

// @ts-ignore: decorator
@inline
function vertical(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  out: usize,
  padded: i32,
  weights: usize,
): void {
  const upper = v128.load32_splat(weights);
  const lower = v128.load32_splat(weights, 4);
  const end = out + <usize>padded;
  while (out < end) {
    const left = eight(v128.load(row0), v128.load(row1), v128.load(row2), v128.load(row3), upper, lower);
    const right = eight(
      v128.load(row0, 16),
      v128.load(row1, 16),
      v128.load(row2, 16),
      v128.load(row3, 16),
      upper,
      lower,
    );
    v128.store(out, i8x16.narrow_i16x8_u(left, right));
    out += 16;
    row0 += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
}

// @ts-ignore: decorator
@inline
function eight(a: v128, b: v128, c: v128, d: v128, upper: v128, lower: v128): v128 {
  const round = i32x4.splat(ROUND);
  const left = i32x4.add(
    i32x4.dot_i16x8_s(v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11), upper),
    i32x4.dot_i16x8_s(v128.shuffle<i16>(c, d, 0, 8, 1, 9, 2, 10, 3, 11), lower),
  );
  const right = i32x4.add(
    i32x4.dot_i16x8_s(v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15), upper),
    i32x4.dot_i16x8_s(v128.shuffle<i16>(c, d, 4, 12, 5, 13, 6, 14, 7, 15), lower),
  );
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(left, round), 20),
    i32x4.shr_s(i32x4.add(right, round), 20),
  );
}

/** Repeats the ends of a plane's rows into the room beside them. */
export function pad(plane: usize, stride: i32, width: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    const start = plane + <usize>(row * stride);
    const end = start + <usize>width;
    memory.fill(start - PAD, load<u8>(start), PAD);
    memory.fill(end, load<u8>(end - 1), <usize>(stride - width - PAD));
  }
}

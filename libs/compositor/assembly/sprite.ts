// Sprites: premultiplied planes of luma, chroma and alpha. Rows begin 16 bytes into their stride and end with at
// least 16 bytes of nothing; there is a row of nothing above and below.

/** Lays one plane over another: `target * (1 - alpha) + colour`, both times `opacity` of 256. */
export function overlay(
  target: usize,
  targetStride: i32,
  colour: usize,
  alpha: usize,
  stride: i32,
  width: i32,
  rows: i32,
  opacity: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const out = target + <usize>(row * targetStride);
    const at = <usize>(row * stride);
    if (opacity == 256) whole(out, colour + at, alpha + at, width);
    else faded(out, colour + at, alpha + at, width, opacity);
  }
}

// @ts-ignore: decorator
@inline
function whole(target: usize, colour: usize, alpha: usize, width: i32): void {
  for (let x: usize = 0; x < <usize>width; x += 16) {
    const a = v128.load(alpha + x);
    if (!v128.any_true(a)) continue;
    const rest = v128.not(a);
    store16(target + x, width - <i32>x, laid(v128.load(target + x), v128.load(colour + x), rest));
  }
}

// @ts-ignore: decorator
@inline
function faded(target: usize, colour: usize, alpha: usize, width: i32, opacity: i32): void {
  const o = i16x8.splat(<i16>opacity);
  for (let x: usize = 0; x < <usize>width; x += 16) {
    const a = v128.load(alpha + x);
    if (!v128.any_true(a)) continue;
    const rest = v128.not(scaled(a, o));
    store16(target + x, width - <i32>x, laid(v128.load(target + x), scaled(v128.load(colour + x), o), rest));
  }
}

// @ts-ignore: decorator
@inline
function scaled(bytes: v128, by: v128): v128 {
  const half = i16x8.splat(128);
  return i8x16.narrow_i16x8_u(
    i16x8.shr_u(i16x8.add(i16x8.mul(i16x8.extend_low_i8x16_u(bytes), by), half), 8),
    i16x8.shr_u(i16x8.add(i16x8.mul(i16x8.extend_high_i8x16_u(bytes), by), half), 8),
  );
}

/** x / 255 as (x + 128 + (x + 128 >> 8)) >> 8, exact for products of two bytes. */
// @ts-ignore: decorator
@inline
function laid(target: v128, colour: v128, rest: v128): v128 {
  return i8x16.add_sat_u(
    colour,
    i8x16.narrow_i16x8_u(
      over255(i16x8.extmul_low_i8x16_u(target, rest)),
      over255(i16x8.extmul_high_i8x16_u(target, rest)),
    ),
  );
}

// @ts-ignore: decorator
@inline
function over255(product: v128): v128 {
  const more = i16x8.add(product, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(more, i16x8.shr_u(more, 8)), 8);
}

/** All 16 where they belong to the row, else only those that do. */
// @ts-ignore: decorator
@inline
function store16(target: usize, left: i32, value: v128): void {
  if (left >= 16) {
    v128.store(target, value);
    return;
  }
  const mask = i8x16.lt_u(
    v128(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    i8x16.splat(<i8>left),
  );
  v128.store(target, v128.bitselect(value, v128.load(target), mask));
}

/**
 * Moves a plane right and down by parts of a pixel, in sixteenths. The result is a column and a row larger; `width`
 * and `rows` are those of the source.
 */
export function shift(
  source: usize,
  target: usize,
  stride: i32,
  width: i32,
  rows: i32,
  right: i32,
  down: i32,
): void {
  const w11 = i16x8.splat(<i16>(right * down));
  const w10 = i16x8.splat(<i16>((16 - right) * down));
  const w01 = i16x8.splat(<i16>(right * (16 - down)));
  const w00 = i16x8.splat(<i16>((16 - right) * (16 - down)));
  const half = i16x8.splat(128);
  for (let row = 0; row <= rows; row++) {
    const from = source + <usize>(row * stride);
    const above = from - <usize>stride;
    const to = target + <usize>(row * stride);
    for (let x: usize = 0; x <= <usize>width; x += 8) {
      const sum = i16x8.add(
        i16x8.add(
          i16x8.mul(v128.load8x8_u(from + x), w00),
          i16x8.mul(v128.load8x8_u(from + x - 1), w01),
        ),
        i16x8.add(
          i16x8.mul(v128.load8x8_u(above + x), w10),
          i16x8.mul(v128.load8x8_u(above + x - 1), w11),
        ),
      );
      const bytes = i16x8.shr_u(i16x8.add(sum, half), 8);
      v128.store64_lane(to + x, i8x16.narrow_i16x8_u(bytes, bytes), 0);
    }
  }
}

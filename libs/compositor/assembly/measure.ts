/**
 * Compares every `step`-th row of luma with rows that were kept, one behind the other, at `before`. Notes at
 * `result`, as three 32-bit numbers: the sum of absolute differences, the samples at or below `dark`, the sum of
 * luma. Columns behind the last whole 16 are left out.
 */
export function measure(
  luma: usize,
  before: usize,
  result: usize,
  width: i32,
  rows: i32,
  step: i32,
  dark: i32,
): void {
  let difference = i32x4.splat(0);
  let sum = i32x4.splat(0);
  let blacks = 0;
  const limit = i8x16.splat(<i8>dark);
  const blocks = width >> 4;
  let kept = before;
  for (let row = 0; row < rows; row += step) {
    let at = luma + <usize>(row * width);
    for (let block = 0; block < blocks; block++) {
      const now = v128.load(at);
      const then = v128.load(kept);
      const apart = v128.or(i8x16.sub_sat_u(now, then), i8x16.sub_sat_u(then, now));
      difference = i32x4.add(
        difference,
        i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(apart)),
      );
      sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(now)));
      blacks += popcnt<i32>(i8x16.bitmask(i8x16.le_u(now, limit)));
      at += 16;
      kept += 16;
    }
    kept += width & 15;
  }
  store<i32>(result, total(difference));
  store<i32>(result, blacks, 4);
  store<i32>(result, total(sum), 8);
}

// @ts-ignore: decorator
@inline
function total(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}

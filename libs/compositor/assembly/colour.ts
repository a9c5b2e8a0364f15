// sRGB bytes to limited-range BT.709 (Rec. ITU-R BT.709-6, item 3), chroma sited as H.264 assumes: beside the even
// columns, between the rows. 16-bit fractions.

const Y_R: i32 = 11966;
const Y_G: i32 = 40254;
const Y_B: i32 = 4064;
const U_R: i32 = -6596;
const U_G: i32 = -22189;
const V_G: i32 = -26145;
const V_B: i32 = -2640;
const C: i32 = 28785;

// @ts-ignore: decorator
@inline
function luma(r: i32, g: i32, b: i32): i32 {
  return (Y_R * r + Y_G * g + Y_B * b + (16 << 16) + 32768) >> 16;
}

/** Of sums of eight. */
// @ts-ignore: decorator
@inline
function chromaU(r: i32, g: i32, b: i32): i32 {
  return (U_R * r + U_G * g + C * b + (128 << 19) + (1 << 18)) >> 19;
}

// @ts-ignore: decorator
@inline
function chromaV(r: i32, g: i32, b: i32): i32 {
  return (C * r + V_G * g + V_B * b + (128 << 19) + (1 << 18)) >> 19;
}

/** Two rows of RGB into two rows of luma and one of either chroma. */
export function fromRgb(
  rgb: usize,
  width: i32,
  upper: usize,
  lower: usize,
  u: usize,
  v: usize,
): void {
  const below = <usize>(width * 3);
  for (let x = 0; x < width; x++) {
    const at = rgb + <usize>(x * 3);
    store<u8>(upper + <usize>x, <u8>luma(load<u8>(at), load<u8>(at, 1), load<u8>(at, 2)));
    const under = at + below;
    store<u8>(lower + <usize>x, <u8>luma(load<u8>(under), load<u8>(under, 1), load<u8>(under, 2)));
  }
  const last = <usize>((width - 1) * 3);
  for (let x = 0; x < width; x += 2) {
    const middle = rgb + <usize>(x * 3);
    const left = x == 0 ? middle : middle - 3;
    const right = min(middle + 3, rgb + last);
    const r = three(left, middle, right, below, 0);
    const g = three(left, middle, right, below, 1);
    const b = three(left, middle, right, below, 2);
    store<u8>(u + <usize>(x >> 1), <u8>chromaU(r, g, b));
    store<u8>(v + <usize>(x >> 1), <u8>chromaV(r, g, b));
  }
}

// @ts-ignore: decorator
@inline
function three(left: usize, middle: usize, right: usize, below: usize, channel: usize): i32 {
  return (
    <i32>load<u8>(left + channel) +
    2 * <i32>load<u8>(middle + channel) +
    <i32>load<u8>(right + channel) +
    <i32>load<u8>(left + below + channel) +
    2 * <i32>load<u8>(middle + below + channel) +
    <i32>load<u8>(right + below + channel)
  );
}

/** Two rows of straight RGBA into premultiplied luma and alpha, and into one row of chroma and of its alpha. */
export function fromRgba(
  rgba: usize,
  width: i32,
  y: usize,
  alpha: usize,
  stride: i32,
  u: usize,
  v: usize,
  alphaHalf: usize,
): void {
  const below = <usize>width << 2;
  for (let row: usize = 0; row < 2; row++) {
    for (let x = 0; x < width; x++) {
      const at = rgba + row * below + (<usize>x << 2);
      const a = <i32>load<u8>(at, 3);
      const value = luma(load<u8>(at), load<u8>(at, 1), load<u8>(at, 2));
      store<u8>(y + row * <usize>stride + <usize>x, <u8>((value * a + 127) / 255));
      store<u8>(alpha + row * <usize>stride + <usize>x, <u8>a);
    }
  }
  const last = rgba + (<usize>(width - 1) << 2);
  for (let x = 0; x < width; x += 2) {
    const middle = rgba + (<usize>x << 2);
    const left = x == 0 ? middle : middle - 4;
    const right = min(middle + 4, last);
    chromaOf(left, middle, right, below, u + <usize>(x >> 1), v + <usize>(x >> 1), alphaHalf + <usize>(x >> 1));
  }
}

// @ts-ignore: decorator
@inline
function chromaOf(
  left: usize,
  middle: usize,
  right: usize,
  below: usize,
  u: usize,
  v: usize,
  alpha: usize,
): void {
  let a = 0;
  let r = 0;
  let g = 0;
  let b = 0;
  for (let row: usize = 0; row < 2; row++) {
    for (let k = 0; k < 3; k++) {
      const at = (k == 0 ? left : k == 1 ? middle : right) + row * below;
      const weight = <i32>load<u8>(at, 3) * (k == 1 ? 2 : 1);
      a += weight;
      r += weight * <i32>load<u8>(at);
      g += weight * <i32>load<u8>(at, 1);
      b += weight * <i32>load<u8>(at, 2);
    }
  }
  if (a == 0) {
    store<u8>(u, 0);
    store<u8>(v, 0);
    store<u8>(alpha, 0);
    return;
  }
  // The mean colour by alpha, eight times as large as the conversion of sums of eight expects it.
  const r8 = (r * 8) / a;
  const g8 = (g * 8) / a;
  const b8 = (b * 8) / a;
  const mean = (a + 4) >> 3;
  store<u8>(u, <u8>((chromaU(r8, g8, b8) * mean + 127) / 255));
  store<u8>(v, <u8>((chromaV(r8, g8, b8) * mean + 127) / 255));
  store<u8>(alpha, <u8>mean);
}

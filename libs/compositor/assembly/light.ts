// Mixing of light rather than of signal: pictures are taken to linear RGB and back, as BT.1886 displays show them.

const GAMMA: f64 = 2.4;
/** Steps of linear light. */
const STEPS: i32 = 4095;

/** Linear light of each byte of R, G or B, and back; made once. */
let toLight: usize = 0;
let toSignal: usize = 0;

/** Fills both tables: 256 and 4096 16-bit numbers at `room`. */
export function lightTables(room: usize): void {
  toLight = room;
  toSignal = room + 512;
  for (let value = 0; value < 256; value++) {
    const light = Math.pow(<f64>value / 255, GAMMA) * <f64>STEPS;
    store<u16>(toLight + (<usize>value << 1), <u16>(light + 0.5));
  }
  for (let light = 0; light <= STEPS; light++) {
    const value = Math.pow(<f64>light / <f64>STEPS, 1 / GAMMA) * 255;
    store<u16>(toSignal + (<usize>light << 1), <u16>(value + 0.5));
  }
}

/** `weight` of 256 of the light of frame b in that of frame a. */
export function mixLight(
  a: usize,
  b: usize,
  out: usize,
  width: i32,
  height: i32,
  weight: i32,
): void {
  const half = width >> 1;
  const luma = <usize>(width * height);
  const quarter = luma >> 2;
  for (let row = 0; row < height >> 1; row++) {
    for (let column = 0; column < half; column++) {
      const chroma = luma + <usize>(row * half + column);
      const fine = <usize>(row * 2 * width + column * 2);
      block(a, b, out, fine, chroma, quarter, width, weight);
    }
  }
}

/** Four pixels that share their chroma. */
// @ts-ignore: decorator
@inline
function block(
  a: usize,
  b: usize,
  out: usize,
  fine: usize,
  chroma: usize,
  quarter: usize,
  width: i32,
  weight: i32,
): void {
  let sumU = 0;
  let sumV = 0;
  for (let pixel = 0; pixel < 4; pixel++) {
    const at = fine + <usize>((pixel & 1) + (pixel >> 1) * width);
    const r = mixed(red(a, at, chroma, quarter), red(b, at, chroma, quarter), weight);
    const g = mixed(green(a, at, chroma, quarter), green(b, at, chroma, quarter), weight);
    const bl = mixed(blue(a, at, chroma, quarter), blue(b, at, chroma, quarter), weight);
    store<u8>(out + at, <u8>((11966 * r + 40254 * g + 4064 * bl + (16 << 16) + 32768) >> 16));
    sumU += -6596 * r - 22189 * g + 28785 * bl;
    sumV += 28785 * r - 26145 * g - 2640 * bl;
  }
  store<u8>(out + chroma, <u8>((sumU + (128 << 18) + (1 << 17)) >> 18));
  store<u8>(out + chroma + quarter, <u8>((sumV + (128 << 18) + (1 << 17)) >> 18));
}

// @ts-ignore: decorator
@inline
function mixed(a: i32, b: i32, weight: i32): i32 {
  const la = <i32>load<u16>(toLight + (<usize>a << 1));
  const lb = <i32>load<u16>(toLight + (<usize>b << 1));
  const light = (la * (256 - weight) + lb * weight + 128) >> 8;
  return <i32>load<u16>(toSignal + (<usize>light << 1));
}

// @ts-ignore: decorator
@inline
function byte(value: i32): i32 {
  return min(max((value + 32768) >> 16, 0), 255);
}

// @ts-ignore: decorator
@inline
function level(frame: usize, at: usize): i32 {
  return 76309 * (<i32>load<u8>(frame + at) - 16);
}

// @ts-ignore: decorator
@inline
function red(frame: usize, at: usize, chroma: usize, quarter: usize): i32 {
  return byte(level(frame, at) + 117489 * (<i32>load<u8>(frame + chroma + quarter) - 128));
}

// @ts-ignore: decorator
@inline
function green(frame: usize, at: usize, chroma: usize, quarter: usize): i32 {
  const u = <i32>load<u8>(frame + chroma) - 128;
  const v = <i32>load<u8>(frame + chroma + quarter) - 128;
  return byte(level(frame, at) - 13975 * u - 34925 * v);
}

// @ts-ignore: decorator
@inline
function blue(frame: usize, at: usize, chroma: usize, quarter: usize): i32 {
  return byte(level(frame, at) + 138438 * (<i32>load<u8>(frame + chroma) - 128));
}

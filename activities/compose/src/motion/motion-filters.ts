import { stillSize, type Drift, type Motion, type Push, type Size } from './motion.js';

/**
 * The still, decoded once, as the picture that moves: covering the fitted size, sRGB taken to limited-range
 * BT.709. Lanczos and full chroma cost nothing, it is one frame.
 */
export function stillFilter(frame: Size): string {
  const { widthPx, heightPx } = stillSize(frame);
  const flags = 'flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp';
  return [
    `scale=${widthPx}:${heightPx}:force_original_aspect_ratio=increase:${flags}` +
      ':out_color_matrix=bt709:out_range=tv',
    'format=yuv420p',
    `crop=${widthPx}:${heightPx}`,
    'setsar=1',
  ].join(',');
}

/** The frames of a moving still, without end, from the shot's frame `from` on. */
export function motionFilter(
  motion: Motion,
  { frame, fps, from }: { frame: Size; fps: number; from: number },
): string {
  const filters =
    motion.kind === 'push' ? pushFilters(motion, frame, from) : driftFilters(motion, frame, from);
  return filters
    .join(',')
    .replaceAll('{pts}', `setpts=N/(${fps}*TB)`)
    .replaceAll('{fps}', `${fps}`);
}

/**
 * `perspective` reads the window's corners from the still for every frame, between pixels: the only
 * filter that zooms without shaking. It draws a frame as large as the still, of which the left upper part
 * is the picture; the corners are those of the whole.
 */
function pushFilters({ startZoom, zoomPerFrame }: Push, frame: Size, from: number): string[] {
  const { widthPx, heightPx } = frame;
  const zoom = `(${fixed(startZoom + zoomPerFrame * from)}+${fixed(zoomPerFrame)}*(on-1))`;
  const left = `W/2-${widthPx / 2}*${zoom}`;
  const top = `H/2-${heightPx / 2}*${zoom}`;
  return [
    'loop=loop=-1:size=1',
    '{pts}',
    perspective({ left, top, right: `${left}+W*${zoom}`, bottom: `${top}+H*${zoom}` }, 'linear'),
    `crop=${widthPx}:${heightPx}:0:0`,
  ];
}

/**
 * Shifted copies of the still, made once and played in a loop, under a crop that moves by whole pairs of
 * pixels: exact motion between pixels at the price of a crop.
 */
function driftFilters(drift: Drift, frame: Size, from: number): string[] {
  const { startX, startY, stepX, stepY, phases, hold } = drift;
  const firstStep = Math.floor(from / hold);
  const shift = (step: number) => `2*mod(${step}*(on-1+${firstStep}),${phases})/${phases}`;
  const [x, y] = [straightened(shift(stepX)), straightened(shift(stepY))];
  const nth = `(floor(n/${hold})+${firstStep})`;
  const whole = (start: number, step: number) => `${start}+2*floor(${step}*${nth}/${phases})`;
  return [
    `loop=loop=${phases - 1}:size=1`,
    '{pts}',
    perspective({ left: x, top: y, right: `W+${x}`, bottom: `H+${y}` }, 'cubic'),
    `loop=loop=-1:size=${phases}`,
    ...(hold > 1 ? [`setpts=${hold}*N/({fps}*TB)`, 'fps={fps}'] : []),
    '{pts}',
    `crop=${frame.widthPx}:${frame.heightPx}:'${whole(startX, stepX)}':'${whole(startY, stepY)}'`,
    ...(from % hold > 0 ? [`trim=start_frame=${from % hold}`, '{pts}'] : []),
  ];
}

/**
 * The cubic kernel of `perspective` (A = −0.6) puts what lies a fraction f beside a pixel 0.2·f·(1−f)·(1−2f)
 * too far, as its first moment shows: asking for that much less makes all steps of a drift equal.
 */
function straightened(shift: string): string {
  return `(st(0,${shift});st(1,mod(ld(0),1));ld(0)-0.2*ld(1)*(1-ld(1))*(1-2*ld(1)))`;
}

/** `on` counts frames from 1. */
function perspective(
  { left, top, right, bottom }: Record<'left' | 'top' | 'right' | 'bottom', string>,
  interpolation: 'linear' | 'cubic',
): string {
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].map(([x, y], index) => `x${index}='${x}':y${index}='${y}'`);
  return `perspective=${corners.join(':')}:interpolation=${interpolation}:eval=frame`;
}

function fixed(value: number): string {
  return value.toFixed(9);
}

import type { Sprite } from '@aura/compositor';
import {
  isRightToLeft,
  labelHeight,
  px,
  rgbaOf,
  textSvg,
  type FittedText,
  type FontLibrary,
} from '@aura/drawing';
import type { Overlay } from '@aura/proto';
import { overlayTiming } from '@aura/timeline';
import { countedLines } from './counted-lines.js';
import {
  anchorOf,
  colourOr,
  shortSide,
  sidesOf,
  type OverlayDrawing,
  type OverlayFrame,
  type OverlayPiece,
} from './overlay-piece.js';
import { setLines, type LinesRoom } from './set-lines.js';
import { shadowed } from './shadowed.js';
import { typedShares } from './typed-shares.js';

/** Height of the first line's em where nobody says another, as a share of the frame's short side. */
const SIZE: Record<string, number> = { text: 0.07, 'lower-third': 0.055 };
/** How wide lines may get, as a share of the frame's width. */
const MOST_WIDTH: Record<string, number> = { text: 0.86, 'lower-third': 0.62 };
/** Around the words, in em. */
const PADDING = { x: 0.7, y: 0.55 };
const BAR_EM = 0.16;
const LOWER_THIRD = { ground: '#10151c', opacity: 0.84 };

interface Board extends OverlayFrame {
  size: number;
  colour: string;
  /** Of what stands behind the words; absent where only a shadow does. */
  ground?: { colour: string; opacity: number };
  bar: string | undefined;
  room: LinesRoom;
  rtl: boolean;
}

/** Lines of text, over a shadow or on a board of their own. No text becomes SVG text: letters are outlines. */
export async function textOverlay(
  overlay: Overlay,
  frame: OverlayFrame,
  fonts: FontLibrary,
): Promise<OverlayDrawing | undefined> {
  const board = boardOf(overlay, frame);
  const lines = await setLines(overlay.lines, board.room, fonts);
  if (lines.length === 0) return undefined;
  const box = boxOf(lines, board);
  const size = { widthPx: box.width, heightPx: box.height };
  if (overlay.animation === 'count-up') {
    const states = await countedLines(overlay.lines, board.room, fonts);
    const { inFrames } = overlayTiming(overlay, frame.rate);
    const sprites: Sprite[] = [];
    for (const state of [...states, lines]) {
      sprites.push(
        await sprite(boardSvg(board, box) + wordsSvg(state, board, box), { board, box }),
      );
    }
    const every = Math.max(1, Math.round(inFrames / sprites.length));
    return { ...size, pieces: [{ sprites, every, xPx: 0, yPx: 0 }] };
  }
  if (overlay.animation === 'typewriter') {
    return { ...size, pieces: await typed(overlay, lines, { board, box, frame }) };
  }
  const whole = await sprite(boardSvg(board, box) + wordsSvg(lines, board, box), { board, box });
  return { ...size, pieces: [{ sprites: [whole], xPx: 0, yPx: 0 }] };
}

function boardOf(overlay: Overlay, frame: OverlayFrame): Board {
  const { kind, text, place, colour } = overlay;
  const isThird = kind === 'lower-third';
  const size = (text?.size || (SIZE[kind] ?? 0.06)) * shortSide(frame);
  const ground = colourOr(text?.background, isThird ? LOWER_THIRD.ground : '');
  const opacity = isThird && ground === LOWER_THIRD.ground ? LOWER_THIRD.opacity : 1;
  const margin = 2 * (place?.margin ?? 0) * shortSide(frame);
  const most = frame.widthPx * (place?.width || (MOST_WIDTH[kind] ?? 0.8));
  const padding = ground === '' ? 0.3 : 2 * PADDING.x;
  const width = Math.max(size, Math.min(most, frame.widthPx - margin) - padding * size);
  const rtl = isRightToLeft(frame.language);
  return {
    ...frame,
    size,
    colour: colourOr(text?.colour, '#ffffff'),
    ...(ground === '' ? {} : { ground: { colour: ground, opacity } }),
    bar: isThird ? colourOr(colour, '#ffffff') : undefined,
    room: {
      width,
      size,
      language: frame.language,
      rtl,
      align: isThird ? (rtl ? 'end' : 'start') : alignOf(overlay),
    },
    rtl,
  };
}

function alignOf(overlay: Overlay): LinesRoom['align'] {
  return sidesOf(anchorOf(overlay)).across;
}

interface TextBox {
  width: number;
  height: number;
  /** Where words begin within the box. */
  x: number;
  y: number;
  wordsWidth: number;
}

function boxOf(lines: FittedText[], { size, ground, bar, rtl }: Board): TextBox {
  const wordsWidth = Math.ceil(Math.max(...lines.map(({ width }) => width)));
  const wordsHeight = heightOf(lines) + gaps(lines);
  const around = ground
    ? { x: PADDING.x * size, y: PADDING.y * size }
    : { x: 0.2 * size, y: 0.2 * size };
  const beside = bar === undefined ? 0 : BAR_EM * size;
  return {
    width: Math.ceil(wordsWidth + 2 * around.x + beside),
    height: Math.ceil(wordsHeight + 2 * around.y),
    x: around.x + (rtl ? 0 : beside),
    y: around.y,
    wordsWidth,
  };
}

/** With room for descenders also where there are none: a number that counts must not move what is below it. */
function heightOf(lines: FittedText[]): number {
  return lines.reduce((sum, line) => sum + labelHeight(line), 0);
}

/** Between lines, by the smaller one below. */
function gaps(lines: FittedText[]): number {
  return lines.slice(1).reduce((sum, { size }) => sum + 0.4 * size, 0);
}

function boardSvg({ ground, bar, size, rtl }: Board, { width, height }: TextBox): string {
  if (!ground) return '';
  const round = px(bar === undefined ? size * 0.22 : size * 0.06);
  const beside = BAR_EM * size;
  const edge =
    bar === undefined
      ? ''
      : `<rect x="${px(rtl ? width - beside : 0)}" width="${px(beside)}" height="${height}" fill="${bar}"/>`;
  return `<rect width="${width}" height="${height}" rx="${round}" fill="${ground.colour}" fill-opacity="${ground.opacity}"/>${edge}`;
}

function wordsSvg(lines: FittedText[], board: Board, box: TextBox): string {
  return lines.map((_, at) => lineSvg(lines, at, { board, box })).join('');
}

/** One of the lines, or of what it was broken into, where it stands in the box. */
function lineSvg(
  lines: FittedText[],
  at: number,
  { board, box, row }: { board: Board; box: TextBox; row?: FittedText },
): string {
  const line = row ?? lines[at];
  if (!line) return '';
  const above = heightOf(lines.slice(0, at));
  const y = box.y + above + gaps(lines.slice(0, at + 1));
  const place = { x: box.x, y, width: box.wordsWidth, align: board.room.align };
  const drawn = textSvg(line, place, { colour: board.colour, stress: board.colour });
  return at === 0 ? drawn : `<g opacity="0.86">${drawn}</g>`;
}

/** The board at once, and each line uncovered letter by letter after the one above it. */
async function typed(
  overlay: Overlay,
  lines: FittedText[],
  { board, box, frame }: { board: Board; box: TextBox; frame: OverlayFrame },
): Promise<OverlayPiece[]> {
  const pieces: OverlayPiece[] = [];
  const corner = { xPx: 0, yPx: 0 };
  if (board.ground) {
    pieces.push({ sprites: [await sprite(boardSvg(board, box), { board, box })], ...corner });
  }
  const rows = lines.flatMap((line, at) =>
    line.lines.map((one) => ({ at, row: { ...line, lines: [one] } })),
  );
  const shares = typedShares(
    rows.map(({ row }) => row),
    {
      from: overlay.start,
      frames: overlayTiming(overlay, frame.rate).inFrames,
      width: box.width,
      place: { x: box.x, y: 0, width: box.wordsWidth, align: board.room.align },
    },
  );
  for (const [index, { at, row }] of rows.entries()) {
    const words = await sprite(lineSvg(lines, at, { board, box, row }), { board, box });
    const reveal = shares[index];
    pieces.push({ sprites: [words], ...corner, ...(reveal ? { reveal } : {}) });
  }
  return pieces;
}

async function sprite(
  shapes: string,
  { board, box: { width, height } }: { board: Board; box: TextBox },
): Promise<Sprite> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  const rgba = await rgbaOf(svg);
  const size = { widthPx: width, heightPx: height };
  return board.ground ? { ...size, rgba } : shadowed({ ...size, rgba }, board.size);
}

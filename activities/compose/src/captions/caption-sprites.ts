import type { Caption, CaptionStyle, RenderSpec } from '@aura/proto';
import { scriptOfCaptions } from './ass-file.js';
import type { AssStage } from './ass-document.js';
import { captionLayout, type CaptionLayout } from './caption-layout.js';
import { captionLook, type CaptionLook } from './caption-look.js';
import { drawEmoji, emojiFont } from './draw-emoji.js';
import { hasEmoji } from './emoji.js';
import { drawWithLibass, type LibassPlace, type LibassRequest } from './draw-with-libass.js';
import { coveredBox, type Pixels } from './pixels.js';
import { spriteDrawings, type SpriteDrawing } from './sprite-drawings.js';
import { spriteLayers, type Sprites } from './sprite-layers.js';

export interface CaptionSpritesRequest {
  /** In the run's own frames; they may begin before it and end after it. */
  captions: readonly Caption[];
  /** Length of the run. */
  frames: number;
  render: Pick<RenderSpec, 'widthPx' | 'heightPx' | 'platform'>;
  /** Frames per second. */
  fps: number;
  language: string;
  style?: CaptionStyle | undefined;
}

/**
 * Captions as pictures for the compositor. libass draws each caption once, however long it is seen, and its colours
 * are kept as they are; pictographs are laid into the room that it leaves for them. The same captions give the same
 * sprites. Takes about a tenth of a second of CPU and, for a caption on full HD, up to 2 MB of memory.
 * Errors: FFmpegNotFound, FFmpegFailedExitCode, StepTimeout, those of the file system, the signal's reason.
 */
export async function captionSprites(
  request: CaptionSpritesRequest,
  place: LibassPlace,
): Promise<Sprites> {
  const { language, render, fps } = request;
  const captions = request.captions.filter(
    ({ start, frames }) => start < request.frames && start + frames > 0,
  );
  if (captions.length === 0) return NOTHING;
  const layout = captionLayout(render);
  const look = captionLook(request.style, layout);
  const script = scriptOfCaptions(captions, language);
  const font = hasEmoji(captions) ? await emojiFont(place.fontsFolder) : undefined;
  const withEmoji = font !== undefined;
  const drawings = spriteDrawings({ captions, look, layout, fps, script, language, withEmoji });
  const drawn = { look, layout, script, frame: render };
  const sprites =
    (await drawnOn(drawings, { ...drawn, stage: bandOf(drawings, drawn) }, { place, font })) ??
    (await drawnOn(drawings, { ...drawn, stage: wholeOf(render) }, { place, font }));
  return clipped(sprites ?? NOTHING, request.frames);
}

const NOTHING: Sprites = { sprites: [], layers: [] };

type Size = Pick<RenderSpec, 'widthPx' | 'heightPx'>;
type Document = Omit<LibassRequest, 'texts'>;

/** Undefined where a caption reaches beyond the upper or lower edge of the stage. */
async function drawnOn(
  drawings: readonly SpriteDrawing[],
  document: Document,
  { place, font }: { place: LibassPlace; font: string | undefined },
): Promise<Sprites | undefined> {
  const { stage } = document;
  const isWhole = stage.heightPx === document.frame.heightPx;
  const texts = drawings.flatMap((drawing) => drawing.texts);
  const all: Sprites = { sprites: [], layers: [] };
  const waiting = [...drawings];
  let pictures: Pixels[] = [];
  let isCut = false;
  await drawWithLibass({ ...document, texts }, place, async (picture) => {
    const [drawing] = waiting;
    if (!drawing || isCut) return;
    isCut = !isWhole && touchesEdge(picture);
    pictures.push(picture);
    if (pictures.length < drawing.texts.length) return;
    const emoji = await emojiOfDrawing(drawing, font);
    append(all, spriteLayers({ drawing, pictures, emoji, offsetPx: stage.offsetPx }));
    waiting.shift();
    pictures = [];
  });
  return isCut ? undefined : all;
}

function emojiOfDrawing({ emoji, emojiBox }: SpriteDrawing, font: string | undefined) {
  if (font === undefined) return Promise.resolve([]);
  return Promise.all(emoji.map((character) => drawEmoji(character, { room: emojiBox, font })));
}

function touchesEdge(picture: Pixels): boolean {
  const box = coveredBox(picture);
  return box !== undefined && (box.y === 0 || box.y + box.heightPx === picture.heightPx);
}

function append(all: Sprites, { sprites, layers }: Sprites): void {
  const before = all.sprites.length;
  all.sprites.push(...sprites);
  for (const layer of layers)
    all.layers.push({ ...layer, sprites: layer.sprites.map((index) => index + before) });
}

/** Nothing before the run or after it; sprites that are never seen stay, which costs nothing but their memory. */
function clipped({ sprites, layers }: Sprites, frames: number): Sprites {
  const inside = layers
    .map((layer) => ({ ...layer, from: Math.max(0, layer.from), to: Math.min(frames, layer.to) }))
    .filter(({ from, to }) => to > from);
  return { sprites, layers: inside };
}

/** Height of a line in the tallest of the usual scripts; what is taller is drawn on the whole frame. */
const LINE_EMS = 1.75;

/** The part of the frame that captions are expected in: drawing on it costs a fifth of drawing on the frame. */
function bandOf(
  drawings: readonly SpriteDrawing[],
  { look, layout, frame }: { look: CaptionLook; layout: CaptionLayout; frame: Size },
): AssStage {
  const lines = Math.max(...drawings.map(({ states: [{ lines }] }) => lines.length));
  const aroundPx = (look.outline + look.shadow) * look.emPx + 4;
  const textPx = lines * LINE_EMS * look.emPx;
  const { topMarginPx, bottomMarginPx } = layout;
  const topPx = {
    top: topMarginPx,
    middle: (topMarginPx + frame.heightPx - bottomMarginPx - textPx) / 2,
    bottom: frame.heightPx - bottomMarginPx - textPx,
  }[look.position];
  const fromPx = 2 * Math.floor(Math.max(0, topPx - aroundPx) / 2);
  const toPx = Math.min(frame.heightPx, 2 * Math.ceil((topPx + textPx + aroundPx) / 2));
  return { widthPx: frame.widthPx, heightPx: toPx - fromPx, offsetPx: fromPx };
}

function wholeOf({ widthPx, heightPx }: Size): AssStage {
  return { widthPx, heightPx, offsetPx: 0 };
}

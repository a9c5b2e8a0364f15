import type { CardContent } from '../card-content.js';
import {
  type Box,
  type Canvas,
  CAPTIONS_FROM,
  CAPTIONS_TO,
  type Element,
  type FilmLook,
  iconFor,
  iconSvg,
  inkBox,
  mirrored,
  type Ornament,
  ORNAMENTS,
  overlaps,
  progressMark,
  px,
  type Random,
  randomOf,
  type Spark,
  type TextElement,
} from '@aura/drawing';
import type { ShapedContent } from './shaped-content.js';
import type { CardFrame } from './frame.js';
import { LAYOUTS } from './layouts.js';

/** A card decided: what is drawn where. Text lies in `texts`, everything else in the background and shapes. */
export interface CardPlan {
  frame: CardFrame;
  look: FilmLook;
  rtl: boolean;
  ornament: string;
  elements: Element[];
}

export interface PlanRequest {
  content: CardContent;
  texts: ShapedContent;
  frame: CardFrame;
  look: FilmLook;
  rtl: boolean;
}

/** In units. */
const PROGRESS_SPACE = 5.4;
const SPARK_DISTANCE = 4;

/** Pure. Text lies within the frame's safe area at any length. */
export function planCard({ content, texts, frame, look, rtl }: PlanRequest): CardPlan {
  const { safe, unit } = frame;
  const used = PROGRESS_SPACE * unit;
  const room = { ...safe, y: safe.y + used, height: safe.height - used };
  const leftToRight = [
    progressMark(content, frame, look.palette),
    ...LAYOUTS[content.kind]({ content, texts, frame, room, look }),
  ];
  const drawn = ornamentOf(content, frame, look);
  const taken = [
    captionZone(frame),
    ...leftToRight.map((element) =>
      grown(element.type === 'text' ? inkBox(element) : element.box, SPARK_DISTANCE * unit),
    ),
  ];
  const isFree = ({ box, bleeds = false }: Spark) =>
    (bleeds || isInside(box, alwaysSeen(frame))) && !taken.some((other) => overlaps(box, other));
  const icon = content.kind === 'title' ? stageIcon(drawn, content, look, unit) : undefined;
  const hero = icon && isFree(icon) ? [icon] : [];
  const sparks = drawn.sparks.filter(
    (spark) => isFree(spark) && !hero.some((other) => overlaps(spark.box, other.box)),
  );
  return {
    frame,
    look,
    rtl,
    ornament: drawn.quiet + [...sparks, ...hero].map(({ svg }) => svg).join(''),
    elements: rtl ? mirrored(leftToRight, frame.width) : leftToRight,
  };
}

export function textsOfPlan({ elements }: CardPlan): TextElement[] {
  return elements.filter((element) => element.type === 'text');
}

/** A large icon on the ornament's stage, where the keywords have one. */
function stageIcon(
  { stage }: Ornament,
  { keywords }: CardContent,
  { palette }: FilmLook,
  unit: number,
): Spark | undefined {
  const icon = iconFor(keywords);
  if (icon === undefined || !stage) return undefined;
  const { size } = stage;
  const box = { x: stage.x - size / 2, y: stage.y - size / 2, width: size, height: size };
  const drawn = iconSvg(icon, size, palette.accent, unit * 0.7);
  return { svg: `<g transform="translate(${px(box.x)} ${px(box.y)})">${drawn}</g>`, box };
}

/** Where an ornament has its weight: to the side of the text where the picture is wide, else below it. */
function focusOf(
  { kind }: CardContent,
  { width, height, shape }: CardFrame,
  random: Random,
): Canvas['focus'] {
  const drift = (amount: number) => (random() - 0.5) * amount;
  if (kind === 'closing') return { x: width * 0.5, y: height * 0.44 };
  if (shape === 'wide') return { x: width * (0.82 + drift(0.1)), y: height * (0.41 + drift(0.18)) };
  return {
    x: width * (0.78 + drift(0.14)),
    y: height * ((shape === 'tall' ? 0.84 : 0.78) + drift(0.1)),
  };
}

function ornamentOf(content: CardContent, frame: CardFrame, look: FilmLook): Ornament {
  const random = randomOf('scene', content.sceneId, ...content.keywords);
  const { width, height, unit } = frame;
  return ORNAMENTS[look.ornament]({
    width,
    height,
    unit,
    focus: focusOf(content, frame, random),
    reach: unit * (frame.shape === 'square' ? 44 : 50),
    palette: look.palette,
    random,
  });
}

/** What every frame inside the motion shows. */
function alwaysSeen({ width, height, frameWidth, frameHeight }: CardFrame): Box {
  const [x, y] = [width - frameWidth, height - frameHeight];
  return { x, y, width: frameWidth - x, height: frameHeight - y };
}

function isInside(box: Box, outer: Box): boolean {
  return (
    box.x >= outer.x &&
    box.y >= outer.y &&
    box.x + box.width <= outer.x + outer.width &&
    box.y + box.height <= outer.y + outer.height
  );
}

/** Where captions may stand in the picture at any moment of the motion. */
function captionZone({ width, height, frameHeight, shape }: CardFrame): Box {
  const from = frameHeight * CAPTIONS_FROM[shape];
  const to = height - frameHeight + frameHeight * CAPTIONS_TO[shape];
  return { x: 0, y: from, width, height: Math.max(0, to - from) };
}

function grown(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

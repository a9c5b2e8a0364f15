import type { RenderSpec } from '@aura/proto';
import { fontSize } from './ass-text.js';
import type { CaptionLayout } from './caption-layout.js';
import type { CaptionLook } from './caption-look.js';
import { clockOf, padded } from './clock.js';
import { DEFAULT_FONT, fontOf } from './scripts.js';

/** The part of the frame, in its whole width, that a document is drawn on. */
export interface AssStage {
  widthPx: number;
  heightPx: number;
  /** Its upper edge in the frame. */
  offsetPx: number;
}

export interface AssEvent {
  fromMs: number;
  toMs: number;
  text: string;
}

export interface AssDocument {
  events: readonly AssEvent[];
  layout: CaptionLayout;
  look: CaptionLook;
  script: string;
  stage: AssStage;
  frame: Pick<RenderSpec, 'widthPx' | 'heightPx'>;
}

export function assDocument(document: AssDocument): string {
  const { events, stage, look } = document;
  const place = look.position === 'middle' ? middleOf(document) : '';
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${stage.widthPx}`,
    `PlayResY: ${stage.heightPx}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: TV.709',
    '',
    '[V4+ Styles]',
    `Format: ${Object.keys(STYLE).join(', ')}`,
    `Style: ${Object.values(styleOf(document)).join(',')}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events.map(
      ({ fromMs, toMs, text }) =>
        `Dialogue: 0,${assTime(fromMs)},${assTime(toMs)},Caption,,0,0,0,,${place}${text}`,
    ),
    '',
  ].join('\n');
}

/** Colours are &H<transparency><blue><green><red>. */
const STYLE = {
  Name: 'Caption',
  Fontname: DEFAULT_FONT.family,
  Fontsize: '0',
  PrimaryColour: '&H00FFFFFF',
  SecondaryColour: '&H00FFFFFF',
  OutlineColour: '&H00000000',
  BackColour: '&H50000000',
  Bold: '0',
  Italic: '0',
  Underline: '0',
  StrikeOut: '0',
  ScaleX: '100',
  ScaleY: '100',
  Spacing: '0',
  Angle: '0',
  /** 4: one box around all lines, with Shadow for its padding. 1: an outline and a shadow. */
  BorderStyle: '4',
  Outline: '0',
  Shadow: '0',
  /** Centred: 2 at the lower edge, 5 in the middle, 8 at the upper edge. */
  Alignment: '2',
  MarginL: '0',
  MarginR: '0',
  MarginV: '0',
  /** The direction of each line follows its first strong letter. */
  Encoding: '-1',
};

const ALIGNMENTS = { bottom: '2', middle: '5', top: '8' };

function styleOf({ layout, look, script, stage, frame }: AssDocument): typeof STYLE {
  const belowPx = frame.heightPx - stage.offsetPx - stage.heightPx;
  const marginPx =
    look.position === 'top' ? layout.topMarginPx - stage.offsetPx : layout.bottomMarginPx - belowPx;
  return {
    ...STYLE,
    Fontname: fontOf(script).family,
    Fontsize: fontSize(script, look.emPx),
    BackColour: look.boxed ? '&H50000000' : '&H70000000',
    Bold: look.bold ? '-1' : '0',
    BorderStyle: look.boxed ? '4' : '1',
    Outline: plainNumber(look.outline * look.emPx),
    Shadow: plainNumber(look.shadow * look.emPx),
    Alignment: ALIGNMENTS[look.position],
    MarginL: String(layout.leftMarginPx),
    MarginR: String(layout.rightMarginPx),
    MarginV: String(look.position === 'middle' ? 0 : marginPx),
  };
}

function plainNumber(value: number): string {
  return value === 0 ? '0' : value.toFixed(1);
}

function middleOf({ layout, frame, stage }: AssDocument): string {
  const { topMarginPx, bottomMarginPx, leftMarginPx, rightMarginPx } = layout;
  const centrePx = Math.round((leftMarginPx + stage.widthPx - rightMarginPx) / 2);
  const middlePx = Math.round((topMarginPx + frame.heightPx - bottomMarginPx) / 2);
  return `{\\pos(${centrePx},${middlePx - stage.offsetPx})}`;
}

/** h:mm:ss.cc */
function assTime(ms: number): string {
  const { hours, minutes, seconds, rest } = clockOf(Math.round(ms / 10) * 10);
  return `${hours}:${padded(minutes)}:${padded(seconds)}.${padded(rest / 10)}`;
}

import type { RenderSpec } from '@aura/proto';
import type { CaptionLayout } from './caption-layout.js';
import { clockOf, padded } from './clock.js';
import type { Cue } from './cues.js';
import { withoutEmoji } from './plain-text.js';
import { DEFAULT_FONT, fontOf, isFullWidth, mainScriptOf, scriptOf } from './scripts.js';

export interface AssRequest {
  cues: readonly Cue[];
  layout: CaptionLayout;
  frame: Pick<RenderSpec, 'widthPx' | 'heightPx' | 'fps'>;
  language: string;
}

/** No caption of ours comes near it; what does is cut before libass sees it (X6). */
const MAX_LINE_CODE_UNITS = 600;

/**
 * The captions of one shot as an Advanced SubStation file, drawn by libass: white on a dark box, which is
 * legible over any picture. All text in it is ours or escaped: nothing a narration holds is an override,
 * a tag or a line break.
 */
export function assFile({ cues, layout, frame, language }: AssRequest): string {
  const text = cues.flatMap(({ lines }) => lines).join('\n');
  const script = mainScriptOf(text, language);
  const dialogues = cues.flatMap((cue) =>
    dialogue(cue, { script, layout, fps: frame.fps, language }),
  );
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${frame.widthPx}`,
    `PlayResY: ${frame.heightPx}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: TV.709',
    '',
    '[V4+ Styles]',
    `Format: ${Object.keys(STYLE).join(', ')}`,
    `Style: ${Object.values(styleOf(script, layout)).join(',')}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...dialogues,
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
  /** One box around all lines; Shadow is its padding. */
  BorderStyle: '4',
  Outline: '0',
  Shadow: '0',
  /** Centred at the lower edge. */
  Alignment: '2',
  MarginL: '0',
  MarginR: '0',
  MarginV: '0',
  /** The direction of each line follows its first strong letter. */
  Encoding: '-1',
};

function styleOf(script: string, layout: CaptionLayout): typeof STYLE {
  const margin = String(layout.sideMarginPx);
  return {
    ...STYLE,
    Fontname: fontOf(script).family,
    Fontsize: fontSize(script, layout),
    Shadow: layout.paddingPx.toFixed(1),
    MarginL: margin,
    MarginR: margin,
    MarginV: String(layout.bottomMarginPx),
  };
}

interface Drawing {
  script: string;
  layout: CaptionLayout;
  fps: number;
  language: string;
}

function dialogue({ startMs, endMs, lines }: Cue, drawing: Drawing): string | [] {
  // A caption appears with the first frame at or after its time: half a frame early is on time on average.
  const half = 500 / drawing.fps;
  const from = assTime(Math.max(0, startMs - half));
  const to = assTime(Math.max(0, endMs - half));
  const visible = lines.map(withoutEmoji).filter((line) => line !== '');
  if (visible.length === 0) return [];
  const text = visible.map((line) => drawn(line, drawing)).join(String.raw`\N`);
  return `Dialogue: 0,${from},${to},Caption,,0,0,0,,${text}`;
}

/** One line with a font for each of its scripts, in equal optical size. */
function drawn(line: string, { script, layout, language }: Drawing): string {
  let current = script;
  let text = '';
  for (const character of line.slice(0, MAX_LINE_CODE_UNITS)) {
    const next = scriptInLine(character, { main: script, current, language });
    if (next !== current) {
      text += String.raw`{\fn${fontOf(next).family}\fs${fontSize(next, layout)}}`;
      current = next;
    }
    text += escaped(character);
  }
  return text;
}

/** Signs without a script go with their neighbours, Latin ones beside fonts that may lack them with Latin. */
function scriptInLine(
  character: string,
  { main, current, language }: { main: string; current: string; language: string },
): string {
  const own = scriptOf(character, language);
  if (own !== undefined) return isFullWidth(main) && own === 'Latn' ? main : own;
  return !isFullWidth(main) && /[!-~]/.test(character) ? 'Latn' : current;
}

/** Braces open overrides and a backslash makes a break: the first are escaped, the second is kept apart. */
function escaped(character: string): string {
  if (character === '{' || character === '}') return `\\${character}`;
  return character === '\\' ? `\\${WORD_JOINER}` : character;
}

const WORD_JOINER = '\u2060';

function fontSize(script: string, { emPx }: CaptionLayout): string {
  return (emPx * fontOf(script).lineHeight).toFixed(1);
}

/** h:mm:ss.cc */
function assTime(ms: number): string {
  const { hours, minutes, seconds, rest } = clockOf(Math.round(ms / 10) * 10);
  return `${hours}:${padded(minutes)}:${padded(seconds)}.${padded(rest / 10)}`;
}

import type { Caption } from '@aura/proto';
import { emOf, saidColour } from './ass-file.js';
import { assText, type AssDrawing } from './ass-text.js';
import type { CaptionLayout } from './caption-layout.js';
import type { CaptionLook } from './caption-look.js';
import { captionStates, type CaptionState, type WordPlace } from './caption-states.js';
import { emojiBox, emojiOf, type EmojiBox } from './emoji.js';
import { wordColour } from './word-masks.js';

/** One caption, or one of its words, with all that libass has to draw for it. */
export interface SpriteDrawing {
  states: [CaptionState, ...CaptionState[]];
  /** The words that stand out in turn; empty where none does. */
  words: WordPlace[];
  /** Pictographs in the order of the lines. */
  emoji: string[];
  emojiBox: EmojiBox;
  /**
   * Texts of libass's pictures: the caption; where words stand out, the same in the accent, and each word in the
   * colour of `wordColour`; then the room of each pictograph alone.
   */
  texts: string[];
}

export interface DrawingsRequest {
  captions: readonly Caption[];
  look: CaptionLook;
  layout: CaptionLayout;
  fps: number;
  script: string;
  language: string;
  /** Colour pictographs can be drawn. */
  withEmoji: boolean;
}

/** What has to be drawn, once for each caption: neither how long it is seen nor how many words it has makes it more. */
export function spriteDrawings(request: DrawingsRequest): SpriteDrawing[] {
  const captions: [CaptionState, ...CaptionState[]][] = [];
  for (const state of captionStates(request.captions, request)) {
    const last = captions.at(-1);
    // States of one caption share its lines.
    if (last?.[0].lines === state.lines) last.push(state);
    else captions.push([state]);
  }
  return captions.map((states) => drawingOf(states, request));
}

function drawingOf(
  states: [CaptionState, ...CaptionState[]],
  { look, layout, language, script, withEmoji }: DrawingsRequest,
): SpriteDrawing {
  const [{ from, to, lines }] = states;
  const emPx = emOf(lines, look, layout);
  const room = emojiBox(emPx);
  const drawing: AssDrawing = {
    look,
    script,
    language,
    emPx,
    ...(withEmoji ? { emoji: room } : {}),
  };
  const words = states.flatMap(({ said }) => (said ? [said] : []));
  const emoji = withEmoji ? lines.flatMap(emojiOf).slice(0, MAX_EMOJI) : [];
  const texts = [
    assText(lines, { ...drawing, colourAt: saidColour({ from, to, lines }, look) }),
    ...(words.length > 0 ? wordTexts(lines, words, drawing) : []),
    ...emoji.map((_picture, onlyEmoji) => assText(lines, { ...drawing, onlyEmoji })),
  ];
  return { states, words, emoji, emojiBox: room, texts };
}

/** Those beyond leave a gap. */
const MAX_EMOJI = 24;

function wordTexts(lines: string[], words: readonly WordPlace[], drawing: AssDrawing): string[] {
  const wordAt = (line: number, at: number) =>
    words.findIndex((word) => word.line === line && at >= word.from && at < word.to);
  const accent = (line: number, at: number) =>
    wordAt(line, at) < 0 ? undefined : drawing.look.accent;
  const own = (line: number, at: number) => wordColour(wordAt(line, at));
  return [
    assText(lines, { ...drawing, colourAt: accent }),
    assText(lines, { ...drawing, bare: true, colourAt: own }),
  ];
}

import { charactersOf, graphemesOf } from '../text/clean-text.js';
import type { FontStyle } from './font-chain.js';
import type { FontFace } from './font-face.js';
import type { FontLibrary } from './font-library.js';
import { scriptOf, type Script } from './scripts.js';

/** Text of which every grapheme has a face that can draw it. Indices are UTF-16 units. */
export interface MatchedText {
  text: string;
  /** Graphemes that were left out because no font draws them, each once. */
  missing: string[];
  /** Grapheme boundaries, first and last included. */
  boundaries: number[];
  faceAt(index: number): FontFace | undefined;
  scriptAt(index: number): Script;
}

/** Most faces that are opened for one script of a text. */
const MAX_TRIED = 12;
const LETTER = /\p{L}/u;

/**
 * Gives each grapheme a face that covers it, and leaves out what no font covers. One face draws all
 * letters of a script where one can, so that no word mixes two designs; within that, the chain's order.
 */
export async function matchFonts(
  text: string,
  style: FontStyle & { language: string },
  fonts: FontLibrary,
): Promise<MatchedText> {
  const graphemes = graphemesOf(text);
  const scripts = resolveScripts(graphemes);
  const language = hanLanguage(text, style.language);
  const faceOf = new Map<string, FontFace>();
  for (const script of new Set(scripts)) {
    const mine = new Set(graphemes.filter((_, at) => scripts[at] === script));
    const request = { typeface: style.typeface, weight: style.weight, script, language };
    const chosen = await chooseFaces([...mine].filter(isWritten), fonts.faces(request));
    for (const [grapheme, face] of chosen) faceOf.set(`${script} ${grapheme}`, face);
  }
  return assemble(graphemes, scripts, (script, grapheme) => faceOf.get(`${script} ${grapheme}`));
}

/** The scripts of a text, for the fonts that it may need. */
export function scriptsIn(text: string): Script[] {
  return [...new Set(resolveScripts(graphemesOf(text)))];
}

/** Han characters of a text without a language of their own follow the kana or hangul beside them. */
export function hanLanguage(text: string, language: string): string {
  if (/^(zh|ja|ko|yue)\b/i.test(language)) return language;
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  return /\p{Script=Hangul}/u.test(text) ? 'ko' : language;
}

async function chooseFaces(
  graphemes: string[],
  faces: AsyncIterable<FontFace>,
): Promise<Map<string, FontFace>> {
  const letters = graphemes.filter((grapheme) => LETTER.test(grapheme));
  const inOrder = new Map<string, FontFace>();
  let whole: FontFace | undefined;
  let tried = 0;
  if (graphemes.length === 0) return inOrder;
  for await (const face of faces) {
    const covered = graphemes.filter((grapheme) => face.covers(grapheme));
    if (!whole && letters.every((letter) => covered.includes(letter))) whole = face;
    for (const grapheme of covered) {
      if (!inOrder.has(grapheme)) inOrder.set(grapheme, face);
    }
    tried += 1;
    if ((whole && inOrder.size === graphemes.length) || tried >= MAX_TRIED) break;
  }
  for (const grapheme of graphemes) {
    if (whole && inOrder.has(grapheme) && whole.covers(grapheme)) inOrder.set(grapheme, whole);
  }
  return inOrder;
}

/** Digits, punctuation and spaces belong to the letters before them, at the start to those after. */
function resolveScripts(graphemes: string[]): Script[] {
  const scripts = graphemes.map((grapheme) => scriptOf(grapheme));
  const first = scripts.find((script) => script !== 'Common') ?? 'Common';
  let last: Script = first;
  return scripts.map((script) => {
    if (script !== 'Common') last = script;
    return last;
  });
}

/** Emoji of several code points (flags, families, skin tones) have no outline that a text font could draw. */
function isWritten(grapheme: string): boolean {
  const isSequence = charactersOf(grapheme).length > 1;
  if (/\p{Regional_Indicator}|\p{Emoji_Modifier}/u.test(grapheme)) return false;
  return !(isSequence && /\p{Extended_Pictographic}/u.test(grapheme));
}

function assemble(
  graphemes: string[],
  scripts: Script[],
  faceOf: (script: Script, grapheme: string) => FontFace | undefined,
): MatchedText {
  const missing = new Set<string>();
  const units: { face: FontFace | undefined; script: Script }[] = [];
  const boundaries = [0];
  let text = '';
  for (const [at, grapheme] of graphemes.entries()) {
    const script = scripts[at] ?? 'Common';
    const face = faceOf(script, grapheme);
    if (grapheme === ' ' ? text === '' || text.endsWith(' ') : !face) {
      if (grapheme !== ' ') missing.add(grapheme);
      continue;
    }
    text += grapheme;
    for (let unit = 0; unit < grapheme.length; unit++) units.push({ face, script });
    boundaries.push(text.length);
  }
  if (text.endsWith(' ')) {
    text = text.slice(0, -1);
    boundaries.pop();
  }
  return {
    text,
    missing: [...missing],
    boundaries,
    faceAt: (index) => units[index]?.face,
    scriptAt: (index) => units[index]?.script ?? 'Common',
  };
}

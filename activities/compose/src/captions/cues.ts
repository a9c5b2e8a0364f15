import type { SpokenWord } from '@aura/proto';
import { bestLines, breakCost, type Lines } from './line-breaks.js';
import { tokensOf, type Token } from './tokens.js';
import type { TextWidth } from './text-width.js';

/** Lines that are shown for a while. Times in ms. */
export interface ShownLines {
  startMs: number;
  endMs: number;
  lines: string[];
}

/** One caption: at most two lines, shown from its first word to just after its last. */
export interface Cue extends ShownLines {
  /** When each word of the lines is said, in their order. */
  words: CueWord[];
}

export interface CueWord {
  text: string;
  startMs: number;
  endMs: number;
}

export interface CueRequest {
  words: readonly SpokenWord[];
  /** Start of the narration within the shot. */
  leadMs: number;
  /** End of the shot: every caption has gone by then. */
  shotMs: number;
  maxLine: TextWidth;
}

/** A caption that is shown for less than this is felt as a flash and not read. */
const MIN_SHOWN_MS = 700;
const EASY_SHOWN_MS = 1_100;
const MAX_SHOWN_MS = 6_500;
/** How long a caption stays after its last word, where nothing follows. */
const HOLD_MS = 250;
/** A shorter gap between two captions flickers: the first one stays until the second. */
const FLICKER_MS = 120;
/** Silence that nobody wants to see a caption through. */
const LONG_PAUSE_MS = 900;
/** How far a caption may be from its words for the sake of its neighbour: nobody sees it. */
const SYNC_MS = 75;
/** No two lines hold more tokens than this in any script. */
const MAX_TOKENS = 60;

/**
 * The captions of one shot. Of all ways to cut the words into captions of two lines the one that reads
 * best is taken (dynamic programming over the words): at ends of sentences and phrases, no flashes, no
 * stray words, lines of similar length. The same words give the same captions.
 */
export function cuesOf({ words, leadMs, shotMs, maxLine }: CueRequest): Cue[] {
  const tokens = tokensOf(words, maxLine).map((token) => ({
    ...token,
    startMs: token.startMs + leadMs,
    endMs: token.endMs + leadMs,
  }));
  const groups = bestGroups(tokens, shotMs, maxLine);
  const cues = groups.map(({ from, to, lines }, index) => {
    const next = groups[index + 1];
    const limitMs = next ? startOf(tokens, next.from, shotMs) : shotMs;
    return timed(tokens.slice(from, to), lines, limitMs);
  });
  return evened(cues).map(rounded);
}

interface Group {
  from: number;
  to: number;
  lines: string[];
}

interface Step extends Group {
  cost: number;
  previous: Step | undefined;
}

function bestGroups(tokens: readonly Token[], shotMs: number, maxLine: TextWidth): Group[] {
  const best: (Step | undefined)[] = [{ from: 0, to: 0, lines: [], cost: 0, previous: undefined }];
  for (let to = 1; to <= tokens.length; to += 1) {
    for (let from = to - 1; from >= Math.max(0, to - MAX_TOKENS); from -= 1) {
      const group = tokens.slice(from, to);
      const lines = bestLines(group, maxLine);
      if (!lines) break;
      const previous = best[from];
      if (!previous) continue;
      const nextStartMs = startOf(tokens, to, shotMs);
      const around = { before: tokens[from - 1], next: tokens[to], nextStartMs };
      const cost = previous.cost + groupCost(group, lines, around);
      const known = best[to];
      if (!known || cost < known.cost) {
        best[to] = { from, to, lines: lines.lines, cost, previous };
      }
    }
  }
  const groups: Group[] = [];
  for (let step = best[tokens.length]; step && step.to > 0; step = step.previous) groups.push(step);
  return groups.toReversed();
}

const COST_OF_A_CUE = 25;

interface Around {
  before: Token | undefined;
  next: Token | undefined;
  nextStartMs: number;
}

function groupCost(
  group: readonly Token[],
  lines: Lines,
  { before, next, nextStartMs }: Around,
): number {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return Number.POSITIVE_INFINITY;
  const inside = group.slice(1).map((token, index) => ({ before: group[index] ?? first, token }));
  const pauses = inside.filter(({ before, token }) => token.startMs - before.endMs > LONG_PAUSE_MS);
  const sentenceEnds = inside.filter(({ before, token }) => token.sentence !== before.sentence);
  const spokenMs = last.endMs - first.startMs;
  const isPart = last.sentence === next?.sentence || first.sentence === before?.sentence;
  return (
    COST_OF_A_CUE +
    (next ? breakCost(last, next) : 0) +
    lines.cost * 0.4 +
    flashCost(nextStartMs - first.startMs) +
    hasteCost(readingOf(group), nextStartMs - first.startMs) +
    Math.max(0, spokenMs - MAX_SHOWN_MS) / 20 +
    sentenceEnds.length * 45 +
    pauses.length * 120 +
    (isPart ? strayCost(group.length) : 0)
  );
}

/** One or two words torn off their sentence. */
function strayCost(tokens: number): number {
  return tokens < 3 ? 75 - tokens * 20 : 0;
}

function flashCost(availableMs: number): number {
  if (availableMs < MIN_SHOWN_MS) return 2_000 - availableMs;
  return availableMs < EASY_SHOWN_MS ? 60 : 0;
}

function startOf(tokens: readonly Token[], index: number, endMs: number): number {
  return tokens[index]?.startMs ?? endMs;
}

/** Captions that nobody can read to their end, by the share of them that stays unread. */
function hasteCost(neededMs: number, availableMs: number): number {
  return neededMs <= availableMs ? 0 : (1 - availableMs / neededMs) * HASTE_COST;
}

const HASTE_COST = 700;

function readingOf(group: readonly Token[]): number {
  return group.reduce((sum, { readingMs }) => sum + readingMs, 0);
}

interface TimedCue extends Cue {
  /** Its words end, and it has been read. */
  spokenMs: number;
  neededMs: number;
}

function timed(group: readonly Token[], lines: string[], limitMs: number): TimedCue {
  const startMs = Math.max(0, Math.min(group[0]?.startMs ?? 0, limitMs));
  const spokenMs = group.at(-1)?.endMs ?? 0;
  const neededMs = Math.max(MIN_SHOWN_MS, readingOf(group));
  const wantedMs = Math.max(spokenMs + HOLD_MS, startMs + neededMs);
  const endMs = limitMs - wantedMs < FLICKER_MS ? limitMs : wantedMs;
  const words = group.map(({ text, startMs, endMs }) => ({ text, startMs, endMs }));
  return { startMs, endMs, lines, words, spokenMs, neededMs };
}

/** A caption that is read in haste gets a little of the time of its neighbours, where they can spare it. */
function evened(cues: readonly TimedCue[]): TimedCue[] {
  const even = cues.map((cue) => ({ ...cue }));
  for (const [index, cue] of even.entries()) {
    const lacksMs = () => cue.neededMs - (cue.endMs - cue.startMs);
    const before = even[index - 1];
    if (lacksMs() > 0) {
      const freeMs = before ? Math.max(before.startMs + before.neededMs, before.spokenMs) : 0;
      const spareMs = cue.startMs - freeMs;
      cue.startMs -= Math.max(0, Math.min(SYNC_MS, lacksMs(), spareMs));
      if (before) before.endMs = Math.min(before.endMs, cue.startMs);
    }
    const after = even[index + 1];
    if (after && lacksMs() > 0 && cue.endMs === after.startMs) {
      const spareMs = after.endMs - after.startMs - after.neededMs;
      const laterMs = Math.max(0, Math.min(SYNC_MS, lacksMs(), spareMs));
      cue.endMs += laterMs;
      after.startMs += laterMs;
    }
  }
  return even;
}

function rounded({ startMs, endMs, lines, words }: TimedCue): Cue {
  return { startMs: Math.round(startMs), endMs: Math.round(endMs), lines, words };
}

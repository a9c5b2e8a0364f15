import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import { msOf } from '@aura/proto';
import type { FragmentVisual } from '@aura/timeline';
import { aloneArgs, type AloneFrame } from '../providers/ffmpeg/alone-args.js';
import { pictureFilter } from './content-args.js';
import { MAX_BLACK_MS, MAX_FREEZE_MS, isUnexpected } from './content-checks.js';
import type { ContentFacts } from './film-facts.js';
import { intersection, lengthMs, type Interval } from './intervals.js';
import { readPictureFacts } from './measure-content.js';

export interface ExpectationRequest {
  ffmpegPath: string;
  /** Where the sources of the visuals lie. */
  folder: string;
  frame: AloneFrame;
  /** How the film was looked at, so that its visuals are looked at alike. */
  look: Parameters<typeof pictureFilter>[1];
  signal: AbortSignal | undefined;
  stallMs: number;
  onVisual: () => void;
}

/** Visuals that something which is black or does not move was seen in, and which may be like that themselves. */
export function suspectVisuals<V extends FragmentVisual>(
  { blacks, freezes }: Pick<ContentFacts, 'blacks' | 'freezes'>,
  visuals: readonly V[],
  { rate }: Pick<AloneFrame, 'rate'>,
): V[] {
  const suspect = [
    ...blacks.filter((stretch) => isUnexpected(stretch, [], MAX_BLACK_MS)),
    ...freezes.filter((stretch) => isUnexpected(stretch, [], MAX_FREEZE_MS)),
  ];
  return visuals.filter(({ source, start, frames }) => {
    if (source?.figure) return false;
    const shown = { startMs: msOf(start, rate), endMs: msOf(start + frames, rate) };
    return suspect.some((stretch) => lengthMs(intersection(stretch, shown)) > 0);
  });
}

/**
 * Where visuals are black or without motion by themselves: each is drawn again, by FFmpeg's filters and not by what
 * has drawn the film, without encoding, and measured as the film was. So a black source is expected, and a source
 * that was drawn black is not.
 */
export async function expectedContent(
  visuals: readonly FragmentVisual[],
  request: ExpectationRequest,
): Promise<{ blackPictures: Interval[]; stillPictures: Interval[] }> {
  const expected = { blackPictures: [] as Interval[], stillPictures: [] as Interval[] };
  for (const visual of visuals) {
    request.onVisual();
    const startMs = msOf(visual.start, request.frame.rate);
    const alone = await measureAlone(visual, request);
    expected.blackPictures.push(...alone.blacks.map((stretch) => later(stretch, startMs)));
    expected.stillPictures.push(...alone.freezes.map((stretch) => later(stretch, startMs)));
  }
  return expected;
}

const ALONE_FACTS = 'picture-alone.txt';

async function measureAlone(visual: FragmentVisual, request: ExpectationRequest) {
  const { ffmpegPath, folder, frame, look, signal, stallMs } = request;
  const args = aloneArgs(visual, frame, pictureFilter(ALONE_FACTS, look));
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  return readPictureFacts(path.join(folder, ALONE_FACTS), msOf(visual.frames, frame.rate));
}

function later({ startMs, endMs }: Interval, byMs: number): Interval {
  return { startMs: startMs + byMs, endMs: endMs + byMs };
}

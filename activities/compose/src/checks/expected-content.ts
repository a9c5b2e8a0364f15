import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { motionFilter, stillFilter } from '../motion/motion-filters.js';
import type { Motion, Size } from '../motion/motion.js';
import { pictureInput } from '../providers/ffmpeg/segment-args.js';
import { pictureFilter, STILL } from './content-args.js';
import { MAX_BLACK_MS, MAX_FREEZE_MS, isUnexpected } from './content-checks.js';
import type { ContentFacts } from './film-facts.js';
import { intersection, lengthMs, type Interval } from './intervals.js';
import { readPictureFacts } from './measure-content.js';

/** One shot's picture, as it was to be shown. */
export interface ShownPicture extends Interval {
  /** A PNG, as a name of ours relative to the folder, and what lays it there. */
  file: string;
  lay: (file: string) => Promise<void>;
  motion: Motion;
}

export interface ExpectationRequest {
  ffmpegPath: string;
  folder: string;
  frame: Size & { fps: number };
  signal: AbortSignal | undefined;
  stallMs?: number;
}

/**
 * Where the film may be black or without motion because its pictures are: a black card, a plain one. Only
 * the shots that look like it are drawn again, without encoding, and measured in the same way.
 */
export async function expectedContent(
  facts: Pick<ContentFacts, 'blacks' | 'freezes'>,
  pictures: readonly ShownPicture[],
  request: ExpectationRequest,
): Promise<{ blackPictures: Interval[]; stillPictures: Interval[] }> {
  const suspect = [
    ...facts.blacks.filter((stretch) => isUnexpected(stretch, [], MAX_BLACK_MS)),
    ...facts.freezes.filter((stretch) => isUnexpected(stretch, [], MAX_FREEZE_MS)),
  ];
  const expected: { blackPictures: Interval[]; stillPictures: Interval[] } = {
    blackPictures: [],
    stillPictures: [],
  };
  for (const picture of pictures) {
    if (!suspect.some((stretch) => lengthMs(intersection(stretch, picture)) > 0)) continue;
    await picture.lay(picture.file);
    const alone = await measureAlone(picture, request);
    expected.blackPictures.push(...alone.blacks.map((stretch) => later(stretch, picture.startMs)));
    expected.stillPictures.push(...alone.freezes.map((stretch) => later(stretch, picture.startMs)));
  }
  return expected;
}

const ALONE_FACTS = 'picture-alone.txt';

async function measureAlone(picture: ShownPicture, request: ExpectationRequest) {
  const { ffmpegPath, folder, signal, stallMs, frame } = request;
  const durationMs = lengthMs(picture);
  const args = aloneArgs(picture, frame, Math.round((durationMs * frame.fps) / 1_000));
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  return readPictureFacts(path.join(folder, ALONE_FACTS), durationMs);
}

function aloneArgs(
  { file, motion }: ShownPicture,
  frame: ExpectationRequest['frame'],
  frames: number,
) {
  const moving = motionFilter(motion, { frame, fps: frame.fps, from: 0 });
  return [
    FFMPEG_HEAD,
    pictureInput(file, String(frame.fps)),
    ['-vf', `${stillFilter(frame)},${moving},${pictureFilter(ALONE_FACTS, STILL.before)}`],
    ['-frames:v', String(frames), '-f', 'null', '-'],
  ].flat();
}

function later({ startMs, endMs }: Interval, byMs: number): Interval {
  return { startMs: startMs + byMs, endMs: endMs + byMs };
}

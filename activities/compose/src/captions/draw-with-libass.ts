import { open, rm, symlink, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { runWatchedFfmpeg } from '@aura/media';
import { isFull } from '../checks/require-valid.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { assDocument, type AssDocument, type AssStage } from './ass-document.js';
import { uncovered, type Pixels } from './pixels.js';

export interface LibassPlace {
  ffmpegPath: string;
  /** A working folder; what is put there is gone at the end. */
  folder: string;
  fontsFolder?: string | undefined;
  signal: AbortSignal | undefined;
}

export type LibassRequest = Omit<AssDocument, 'events'> & { texts: readonly string[] };

const SCRIPT = 'caption-sprites.ass';
const RAW = 'caption-sprites.rgb';
const FONTS = 'caption-sprite-fonts';

/**
 * Draws each text once, as a picture as large as the stage: over black and over white, which tells how much of it
 * is see-through. Pictures are handed out in order, one at a time; no text is an argument.
 * Errors: FFmpegNotFound, FFmpegFailedExitCode, StepTimeout, OutOfDiskSpace, FilmInvalid:captions, the signal's reason.
 */
export async function drawWithLibass(
  { texts, ...document }: LibassRequest,
  place: LibassPlace,
  onPicture: (pixels: Pixels, index: number) => Promise<void>,
): Promise<void> {
  const batch = Math.max(1, Math.floor(BATCH_BYTES / bytesOf(document.stage)));
  for (let from = 0; from < texts.length; from += batch) {
    const part = texts.slice(from, from + batch);
    await drawBatch({ ...document, texts: part }, place, (pixels, index) =>
      onPicture(pixels, from + index),
    );
  }
}

/** Of pictures that lie on the disk at a time. */
const BATCH_BYTES = 192 * 1024 * 1024;

/** Two pictures of three bytes a pixel. */
function bytesOf({ widthPx, heightPx }: AssStage): number {
  return 2 * 3 * widthPx * heightPx;
}

async function drawBatch(
  { texts, ...document }: LibassRequest,
  { ffmpegPath, folder, fontsFolder, signal }: LibassPlace,
  onPicture: (pixels: Pixels, index: number) => Promise<void>,
): Promise<void> {
  const events = texts.map((text, second) => ({
    fromMs: second * 1_000,
    toMs: second * 1_000 + 1_000,
    text,
  }));
  const files = [SCRIPT, RAW, FONTS].map((name) => path.join(folder, name));
  try {
    await writeFile(path.join(folder, SCRIPT), assDocument({ ...document, events }));
    if (fontsFolder !== undefined)
      await symlink(path.resolve(fontsFolder), path.join(folder, FONTS));
    const args = libassArgs(document.stage, {
      pictures: texts.length,
      fonts: fontsFolder !== undefined,
    });
    const options = { step: 'subtitles', cwd: folder, ...(signal ? { signal } : {}) };
    await runWatchedFfmpeg(ffmpegPath, args, options);
    const raw = await open(path.join(folder, RAW));
    try {
      for (const index of texts.keys())
        await onPicture(await pictureFrom(raw, index, { stage: document.stage, folder }), index);
    } finally {
      await raw.close();
    }
  } finally {
    await Promise.all(files.map((file) => rm(file, { force: true })));
  }
}

/** One picture a second, over black above the same over white. */
export function libassArgs(
  { widthPx, heightPx }: AssStage,
  { pictures, fonts }: { pictures: number; fonts: boolean },
): string[] {
  const ass = `ass=filename=${SCRIPT}${fonts ? `:fontsdir=${FONTS}` : ''}`;
  const over = (colour: string) =>
    `color=c=${colour}:s=${widthPx}x${heightPx}:r=1:d=${pictures},format=rgb24,${ass}`;
  const graph = `${over('black')}[b];${over('white')}[w];[b][w]vstack,format=rgb24[out]`;
  return [
    FFMPEG_HEAD,
    ['-filter_threads', '1', '-filter_complex_threads', '1'],
    ['-filter_complex', graph, '-map', '[out]', '-threads', '1'],
    ['-f', 'rawvideo', `file:${RAW}`],
  ].flat();
}

/** FFmpeg may end well on a full disk (X1): what was not written must not be taken for black. */
async function pictureFrom(
  raw: FileHandle,
  index: number,
  { stage, folder }: { stage: AssStage; folder: string },
): Promise<Pixels> {
  const bytes = bytesOf(stage);
  const buffer = new Uint8Array(bytes);
  const { bytesRead } = await raw.read(buffer, 0, bytes, index * bytes);
  if (bytesRead < bytes) {
    const code = (await isFull(folder)) ? 'OutOfDiskSpace' : 'FilmInvalid:captions';
    const details = `picture ${index} of the captions has ${bytesRead} of ${bytes} bytes`;
    throw new Failure(code, 'The captions could not be drawn.', { details });
  }
  const half = bytes / 2;
  return uncovered(buffer.subarray(0, half), buffer.subarray(half), stage.widthPx);
}

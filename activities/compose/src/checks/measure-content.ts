import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import type { FilmEncoding } from '@aura/proto';
import { contentArgs } from './content-args.js';
import type { ContentFacts } from './film-facts.js';
import { readHeardFacts } from './heard-facts.js';
import { merged } from './intervals.js';
import { isRefusal } from './measure-file.js';
import { readMetadataFile } from './metadata-file.js';
import { stretches } from './stretches.js';

export interface ContentMeasureRequest {
  ffmpegPath: string;
  folder: string;
  file: string;
  encoding: FilmEncoding;
  durationMs: number;
  signal: AbortSignal | undefined;
  stallMs?: number;
  onFrame: (frame: number) => void;
  /** What was seen while the frames were drawn: then the pictures are not decoded again. */
  seen?: SeenContent | undefined;
}

export type SeenContent = Pick<ContentFacts, 'blacks' | 'freezes'>;

const PICTURE_FACTS = 'picture-facts.txt';
const SOUND_FACTS = 'sound-facts.txt';
/** A frozen picture is coded anew at each key frame, and looks for a moment as if it moved. */
const KEY_FRAME_MS = 250;

/** Decodes the film once, as far as is needed, and measures what is seen and heard. */
export async function measureContent(request: ContentMeasureRequest): Promise<ContentFacts> {
  const { ffmpegPath, folder, file, encoding, signal, stallMs, onFrame } = request;
  const seen = encoding.audioOnly ? NOTHING_SEEN : request.seen;
  const facts = { pictureFacts: PICTURE_FACTS, soundFacts: SOUND_FACTS };
  const args = contentArgs({ file, encoding, soundAlone: seen !== undefined, ...facts });
  const complaints = await complaintsOf(
    runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs, onFrame }),
  );
  return {
    complaints,
    ...(seen ?? (await readPictureFacts(path.join(folder, PICTURE_FACTS), request.durationMs))),
    ...(await readHeardFacts(path.join(folder, SOUND_FACTS), request.durationMs)),
  };
}

const NOTHING_SEEN: SeenContent = { blacks: [], freezes: [] };

/** What a decoding FFmpeg had to say, also where it ended with it. */
export async function complaintsOf(decoding: Promise<{ stderr: string }>): Promise<string> {
  try {
    return (await decoding).stderr.trim();
  } catch (error) {
    if (isRefusal(error)) return error.details ?? error.message;
    throw error;
  }
}

export async function readPictureFacts(
  file: string,
  durationMs: number,
): Promise<Pick<ContentFacts, 'blacks' | 'freezes'>> {
  const blacks = stretches('lavfi.black_start', 'lavfi.black_end');
  const freezes = stretches('lavfi.freezedetect.freeze_start', 'lavfi.freezedetect.freeze_end');
  await readMetadataFile(file, (line) => {
    blacks.note(line);
    freezes.note(line);
  });
  return {
    blacks: blacks.until(durationMs),
    freezes: merged(freezes.until(durationMs), KEY_FRAME_MS),
  };
}

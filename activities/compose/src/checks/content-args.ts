import { inputGuards } from '@aura/media';
import type { CodecName, FilmEncoding } from '@aura/proto';
import { DECODERS, decodersOf, demuxerOf } from '../output/codec-facts.js';
import { heardFilter, printFilter } from '../sound/sound-args.js';

const WATCHED_HEAD = [
  ['-nostdin', '-hide_banner', '-xerror', '-v', 'warning'],
  ['-progress', 'pipe:1', '-nostats'],
].flat();

export interface ContentRequest {
  file: string;
  encoding: FilmEncoding;
  /** The pictures are left out. */
  soundAlone: boolean;
  pictureFacts: string;
  soundFacts: string;
}

/** Decodes the film and notes what is black, frozen or silent, and how loud it is. */
export function contentArgs(request: ContentRequest): string[] {
  const { file, encoding, soundAlone, pictureFacts, soundFacts } = request;
  const picture = `[0:v]${pictureFilter(pictureFacts, LOOKS.encoded)}[picture]`;
  const sound = `[0:a]${heardFilter(soundFacts)}[sound]`;
  return [
    WATCHED_HEAD,
    inputGuards(demuxerOf(encoding.container), decodersOf(encoding)),
    ['-i', `file:${file}`],
    ['-filter_complex', soundAlone ? sound : `${picture};${sound}`],
    [...(soundAlone ? [] : ['-map', '[picture]']), '-map', '[sound]', '-f', 'null', '-'],
  ].flat();
}

/**
 * Decodes a segment to its end; a word of complaint is a fault. Edges are not smoothed: that takes a sixth of the time
 * and reads nothing of the file. One thread does it: more would only have their own frames and talk about them.
 */
export function decodeArgs(file: string, codec: CodecName = 'h264'): string[] {
  return [
    WATCHED_HEAD,
    inputGuards('mov', DECODERS[codec]),
    ['-threads', '1', '-skip_loop_filter', 'all', '-i', `file:${file}`, '-f', 'null', '-'],
  ].flat();
}

/** How a picture is looked at. */
interface Look {
  /** Mean change of a pixel (of 1) below which nothing moves. */
  still: number;
  /** Motion is looked for in the upper part only. */
  aboveCaptions: boolean;
}

/**
 * In the encoded film captions change even where the picture behind them has stopped, and what counts as still is well
 * below the motion of the plainest card. A source by itself must show several times the motion, so that neither
 * encoding nor another way of drawing turns what barely moves into a fault. The compositor looks at whole pictures
 * before captions are laid over them, with a limit of 0.0008.
 */
export const LOOKS = {
  encoded: { still: 0.0002, aboveCaptions: true },
  aloneAsEncoded: { still: 0.0008, aboveCaptions: true },
  aloneAsDrawn: { still: 0.0016, aboveCaptions: false },
} as const satisfies Record<string, Look>;

/** Black is looked for in the whole picture. */
export function pictureFilter(facts: string, { still, aboveCaptions }: Look): string {
  return [
    'blackdetect=d=0.1:pic_th=0.98:pix_th=0.03',
    ...(aboveCaptions ? ['crop=iw:2*floor(ih*0.27):0:0'] : []),
    `freezedetect=n=${still}:d=0.4`,
    printFilter(facts),
  ].join(',');
}

import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { inputGuards, MAX_PIXELS, probe, runFfmpeg, type MediaStream } from '@aura/media';
import { perSecond, rateOf, type RenderSpec } from '@aura/proto';
import { fitPicture } from '../pictures/fit-picture.js';
import { invalid } from '../pictures/picture-invalid.js';
import { clipKind, HEAD_BYTES, type ClipKind } from './clip-kind.js';

/** The programs that look at clips, and who may stop them. */
export interface ClipTools {
  ffmpegPath: string;
  ffprobePath: string;
  /** A folder of the clip's own. */
  folder: string;
  signal: AbortSignal | undefined;
}

export interface FittedClip {
  /** Silent H.264, 8 bit 4:2:0 in limited-range BT.709, in MP4. A name within the folder, as are all. */
  file: string;
  durationMs: number;
  /** A picture of it, as `fitPicture` makes them. */
  poster: string;
  /** Of the poster. */
  dhash: string;
}

/** Bumped by hand whenever the same bytes would come out differently. */
export const FIT_CLIP_RECIPE = 1;

/** The largest clip that is taken, as a file. */
export const MAX_CLIP_BYTES = 512 * 1024 * 1024;
/** Of a longer one the beginning is used: no scene is spoken for longer. */
const MAX_CLIP_S = 60;
/** Shorter ones flicker. */
const MIN_CLIP_S = 0.5;
/** Longest decoding; within the time that a scene's picture has. */
const DECODE_MS = 200_000;
/** Smaller ones would have to be enlarged so much that nothing in them is sharp. */
const MAX_ENLARGING = 4;
const THREADS = '2';
/** Longer ones would take too much memory to be turned round: about a gigabyte at 1080p and 30 frames a second. */
const MAX_SWING_S = 6;
const BACK_AND_FORTH = 'split[there][turned];[turned]reverse[back];[there][back]concat';

const PICTURES = ['h264', 'hevc', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9', 'av1', 'libdav1d', 'mpeg4'];
/** Its sound is not used, but FFmpeg looks at it. */
const SOUNDS = [
  'aac',
  'mp3',
  'mp3float',
  'opus',
  'libopus',
  'vorbis',
  'ac3',
  'eac3',
  'flac',
  'alac',
];
const OTHERS = ['mjpeg', 'prores', 'pcm_s16le', 'pcm_s24le', 'pcm_f32le'];
const CODECS = [PICTURES, SOUNDS, OTHERS].flat();

/**
 * Makes a finished clip of a file from outside: told by its content what it is, read by that demuxer alone, measured
 * before it is decoded, decoded whole, no larger and no faster than the frame needs, without sound and without a word
 * of what was in its metadata. The same bytes give the same file. `source` is a name within the folder. With `swings` a short one runs
 * there and back, so that nobody sees where it begins anew.
 * Errors: PictureInvalid where it is no film, too large, too short or too small, damaged, or shows nothing; those of the
 * machine; the signal's reason.
 */
export async function fitClip(
  source: string,
  render: RenderSpec,
  { swings = false, ...tools }: ClipTools & { swings?: boolean },
): Promise<FittedClip> {
  const kind = await kindOf(path.join(tools.folder, source));
  const late = AbortSignal.timeout(DECODE_MS);
  const watched = { ...tools, signal: tools.signal ? AbortSignal.any([tools.signal, late]) : late };
  try {
    const asked = { source, kind, ...(await measured(source, kind, { render, tools: watched })) };
    const isShort = (asked.durationS ?? Number.POSITIVE_INFINITY) <= MAX_SWING_S;
    await ofTheClip(() => encode({ ...asked, swings: swings && isShort }, render, watched));
    const durationMs = await lengthOf(watched);
    return { file: FILE, durationMs, ...(await posterOf(durationMs, render, watched)) };
  } catch (error) {
    if (error !== late.reason) throw error;
    throw invalid(`it takes longer than ${DECODE_MS} ms to decode`);
  }
}

const FILE = 'fitted.mp4';
const POSTER = 'picture.png';

async function kindOf(file: string): Promise<ClipKind> {
  const { size } = await stat(file);
  if (size > MAX_CLIP_BYTES) throw invalid(`${size} bytes are too many`);
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const kind = clipKind(buffer.subarray(0, bytesRead));
    if (!kind) throw invalid('it is neither MP4 nor QuickTime nor WebM');
    return kind;
  } finally {
    await handle.close();
  }
}

async function measured(
  source: string,
  { demuxer }: ClipKind,
  { render, tools: { ffprobePath, folder, signal } }: { render: RenderSpec; tools: ClipTools },
): Promise<MediaStream> {
  const asked = { file: source, cwd: folder, demuxer, codecs: CODECS, signal };
  const { streams } = await ofTheClip(() => probe(ffprobePath, asked));
  const stream = streams.find(({ type }) => type === 'video');
  const { widthPx = 0, heightPx = 0 } = stream ?? {};
  if (!stream || widthPx === 0 || heightPx === 0) throw invalid('it has no picture');
  const named = `${widthPx}×${heightPx}`;
  if (widthPx * heightPx > MAX_PIXELS) throw invalid(`${named} are too many pixels`);
  // It may lie on its side, so its sides are not told apart here.
  const [short, long] = [Math.min(widthPx, heightPx), Math.max(widthPx, heightPx)];
  const [needShort, needLong] = [
    Math.min(render.widthPx, render.heightPx),
    Math.max(render.widthPx, render.heightPx),
  ];
  if (Math.max(needShort / short, needLong / long) > MAX_ENLARGING) {
    throw invalid(`${named} is too small for ${render.widthPx}×${render.heightPx}`);
  }
  return stream;
}

interface EncodeRequest {
  source: string;
  kind: ClipKind;
  frameRate?: string | undefined;
  swings: boolean;
}

async function encode(
  { source, kind, frameRate, swings }: EncodeRequest,
  render: RenderSpec,
  { ffmpegPath, folder, signal }: ClipTools,
): Promise<void> {
  const filters = [...filtersOf(render, frameRate), ...(swings ? [BACK_AND_FORTH] : [])].join(',');
  const args = [
    ['-nostdin', '-hide_banner', '-v', 'error', '-xerror'],
    inputGuards(kind.demuxer, CODECS),
    ['-max_pixels', String(MAX_PIXELS), '-threads', THREADS, '-i', `file:${source}`],
    ['-map', '0:v:0', '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ['-t', String(MAX_CLIP_S), '-filter_threads', THREADS, '-vf', filters],
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-threads', THREADS],
    ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ['-color_range', 'tv', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ['-movflags', '+faststart', '-f', 'mp4', `file:${FILE}`],
  ];
  await runFfmpeg(ffmpegPath, args.flat(), { cwd: folder, signal });
}

/** Square pixels, covering the frame and no larger than that, in no more frames a second than the film has. */
function filtersOf(render: RenderSpec, frameRate: string | undefined): string[] {
  const { widthPx, heightPx } = render;
  const rate = rateOf(render);
  const isFaster = rateIn(frameRate) > perSecond(rate);
  const shrinking = `min(1,max(${widthPx}/iw,${heightPx}/ih))`;
  const side = (name: string) => `ceil(${name}*${shrinking}/2)*2`;
  return [
    'setpts=PTS-STARTPTS',
    ...(isFaster ? [`fps=${rate.numerator}/${rate.denominator}:start_time=0`] : []),
    "scale=w='trunc(iw*if(gt(sar,0),sar,1))':h=ih,setsar=1",
    `scale=w='${side('iw')}':h='${side('ih')}':flags=bicubic:out_color_matrix=bt709:out_range=tv`,
    'setsar=1,format=yuv420p',
  ];
}

function rateIn(frameRate: string | undefined): number {
  const [numerator, denominator = 1] = (frameRate ?? '').split('/').map(Number);
  return numerator && denominator ? numerator / denominator : 0;
}

async function lengthOf({ ffprobePath, folder, signal }: ClipTools): Promise<number> {
  const asked = { file: FILE, cwd: folder, demuxer: 'mov', codecs: ['h264'], signal };
  const { format } = await probe(ffprobePath, asked);
  const durationS = format.durationS ?? 0;
  if (durationS < MIN_CLIP_S) throw invalid(`${durationS} s are too short`);
  return Math.floor(durationS * 1_000);
}

/** Films begin and end in black: the first place that shows something. */
async function posterOf(
  durationMs: number,
  render: RenderSpec,
  { ffmpegPath, folder, signal }: ClipTools,
): Promise<Pick<FittedClip, 'poster' | 'dhash'>> {
  let refused = invalid('it shows nothing');
  for (const share of [0.35, 0.6, 0.1]) {
    const still = `still-${share * 100}.png`;
    const from = ((durationMs * share) / 1_000).toFixed(3);
    const args = ['-nostdin', '-hide_banner', '-v', 'error', '-ss', from];
    const one = ['-map', '0:v:0', '-frames:v', '1', '-update', '1', `file:${still}`];
    const input = [...inputGuards('mov', ['h264']), '-i', `file:${FILE}`];
    await runFfmpeg(ffmpegPath, [...args, ...input, ...one], { cwd: folder, signal });
    try {
      const bytes = await readFile(path.join(folder, still));
      return { poster: POSTER, ...(await fitPicture(bytes, render, path.join(folder, POSTER))) };
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'PictureInvalid') throw error;
      refused = error;
    }
  }
  throw refused;
}

/** What FFmpeg cannot read is a fault of the clip; what the machine refuses is not. */
async function ofTheClip<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && error.code.startsWith('FFmpegFailedExitCode')) {
      throw invalid('it cannot be decoded', error);
    }
    throw error;
  }
}

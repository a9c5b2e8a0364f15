import type { Fault } from '../faults/fault.js';
import { runPiped } from './run-piped.js';
import { seedOf } from './seed.js';

export interface ClipOrder {
  /** What decides the look. */
  name: string;
  widthPx: number;
  heightPx: number;
  seconds: number;
  fps: number;
  fault?: Fault | undefined;
}

const MAX_KEPT = 32;
const kept = new Map<string, Promise<Buffer>>();

/** A short MP4 of moving colours (H.264, no sound), playable from its first byte. Made once for each order. */
export function makeClip(order: ClipOrder): Promise<Buffer> {
  const id = JSON.stringify(order);
  const known = kept.get(id);
  if (known) return known;
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value ?? '');
  const made = encode(order);
  kept.set(id, made);
  made.catch(() => kept.delete(id));
  return made;
}

async function encode(order: ClipOrder): Promise<Buffer> {
  return runPiped('ffmpeg', [
    ...'-hide_banner -nostdin -loglevel error -f lavfi -i'.split(' '),
    sourceOf(order),
    ...'-c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags frag_keyframe+empty_moov -f mp4 pipe:1'.split(
      ' ',
    ),
  ]);
}

/** What FFmpeg draws: a bomb is small as a file and 67 million pixels once it is decoded. */
function sourceOf({ name, widthPx, heightPx, seconds, fps, fault }: ClipOrder): string {
  if (fault?.kind === 'picture-bomb') return 'color=black:size=8192x8192:rate=1:duration=1';
  if (fault?.kind === 'blank-picture') {
    return `color=black:size=${widthPx}x${heightPx}:rate=${fps}:duration=${seconds}`;
  }
  const seed = seedOf(name);
  const source = `gradients=size=${widthPx}x${heightPx}:rate=${fps}:duration=${seconds}:seed=${seed % 2 ** 31}:speed=0.05:nb_colors=${3 + (seed % 4)}`;
  return `${source},drawgrid=width=${24 + (seed % 60)}:height=${24 + (seed % 40)}:thickness=2:color=white@0.3`;
}

import { runFfmpeg } from '@aura/media';
import type { ClipSource } from '@aura/proto';
import type { FragmentVisual } from '@aura/timeline';
import type { SegmentPlan } from '../../segment/segment-renderer.js';
import { clipArgs, clipFilter } from '../clip-filters.js';

export interface LoopPlace {
  ffmpegPath: string;
  folder: string;
  signal: AbortSignal | undefined;
}

/**
 * The same segment with one round of each clip that begins anew, as it is seen, in place of the clip: FFmpeg repeats
 * whole files only. Errors: those of `runFfmpeg`.
 */
export async function withLoopsLaid(plan: SegmentPlan, place: LoopPlace): Promise<SegmentPlan> {
  const { fragment } = plan;
  if (!fragment.visuals.some(({ source }) => source?.clip?.loop)) return plan;
  const files = new Map(plan.files);
  const visuals: FragmentVisual[] = [];
  for (const visual of fragment.visuals) {
    const clip = visual.source?.clip;
    const laid = clip?.loop ? await layRound({ ...plan, files }, visual, { clip, place }) : visual;
    visuals.push(laid);
  }
  return { ...plan, files, fragment: { ...fragment, visuals } };
}

async function layRound(
  { fragment, files }: SegmentPlan & { files: Map<string, string> },
  visual: FragmentVisual,
  { clip, place: { ffmpegPath, folder, signal } }: { clip: ClipSource; place: LoopPlace },
): Promise<FragmentVisual> {
  const name = `round-${files.size}`;
  const args = [
    ['-nostdin', '-hide_banner', '-v', 'error'],
    clipArgs(clip, files.get(clip.video.sha256) ?? ''),
    ['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', clipFilter(visual, fragment)],
    // More than the segment shows is not needed.
    ['-frames:v', String(fragment.frames + Math.max(0, -visual.start))],
    ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '6', '-bf', '0', '-f', 'mp4'],
    [`file:${name}`],
  ];
  await runFfmpeg(ffmpegPath, args.flat(), { cwd: folder, signal });
  files.set(name, name);
  const video = { sha256: name, bytes: 0, mediaType: 'video/mp4' };
  const round = { video, fromMs: 0, toMs: 0, speed: 1, loop: true };
  return { ...visual, source: { clip: round, colour: '' } };
}

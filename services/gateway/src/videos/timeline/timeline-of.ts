import {
  msOf,
  rateOf,
  type Caption,
  type Cut,
  type CutNarration,
  type Motion,
  type RenderSpec,
  type Scene,
  type Timeline,
  type Visual,
} from '@aura/proto';
import { motionOf, startsOf, TIMELINE_VERSION } from '@aura/timeline';
import { file, type BytesOf, type NamedFile } from '../style/files.js';
import { clipFrom, overlayFiles, overlayFrom } from '../style/overlay-request.js';
import { soundFiles, soundFrom } from '../style/sound-request.js';
import { transitionFrom } from '../style/values.js';
import { figureFrom } from './figure-request.js';
import type { TimelineRequest } from './timeline-request.js';

type VisualRequest = TimelineRequest['visuals'][number];

/** The timeline of a request as films know it. Files are there once they were looked up. */
export function timelineFrom(
  request: TimelineRequest,
  render: RenderSpec,
  bytesOf: BytesOf,
): Timeline {
  const frames = framesOfRequest(request);
  return {
    version: TIMELINE_VERSION,
    widthPx: render.widthPx,
    heightPx: render.heightPx,
    rate: rateOf(render),
    frames,
    visuals: visualsOf(request, render, bytesOf),
    overlays: (request.overlays ?? []).map((one) => overlayFrom(one, one, bytesOf)),
    captions: (request.captions ?? []).map(captionFrom),
    narration: narrationOf(request, bytesOf).map(({ id, ...said }) => ({ sceneId: id, ...said })),
    sounds: (request.sounds ?? []).map((one) => {
      const { fadeInFrames, fadeOutFrames } = one;
      const times = { ...one, fadeIn: fadeInFrames ?? 0, fadeOut: fadeOutFrames ?? 0 };
      return soundFrom(one, times, bytesOf);
    }),
    chapters: request.chapters ?? [],
    ...tracksOf(request),
  };
}

/** What of it the workflow has to have spoken and pictured. */
export function cutFrom(request: TimelineRequest, render: RenderSpec, bytesOf: BytesOf): Cut {
  const visuals = visualsOf(request, render, bytesOf);
  return {
    title: titleOf(request),
    shots: request.visuals.flatMap((one, index) => {
      const visual = visuals[index];
      return visual ? [{ scene: sceneFrom(one, index, bytesOf), visual }] : [];
    }),
    narration: narrationOf(request, bytesOf),
  };
}

/** The uploaded files that a timeline names. */
export function timelineFiles({
  visuals,
  narration,
  overlays,
  sounds,
}: TimelineRequest): NamedFile[] {
  return [
    ...visuals.flatMap(({ assetId, clip }, at) => [
      ...file(assetId, 'picture', ['timeline', 'visuals', at, 'assetId']),
      ...file(clip?.assetId, 'clip', ['timeline', 'visuals', at, 'clip', 'assetId']),
    ]),
    ...soundFiles(narration ?? [], ['timeline', 'narration']),
    ...overlayFiles(overlays ?? [], ['timeline', 'overlays']),
    ...soundFiles(sounds ?? [], ['timeline', 'sounds']),
  ];
}

export function framesOfRequest({ visuals }: TimelineRequest): number {
  return visuals.reduce((sum, { frames }) => sum + frames, 0);
}

/** How long its film is. */
export function durationMsOf(request: TimelineRequest, render: RenderSpec): number {
  return Math.round(msOf(framesOfRequest(request), rateOf(render)));
}

/** All that is said in it. */
export function wordsOf({ narration }: TimelineRequest): string {
  return (narration ?? []).flatMap(({ text }) => text ?? []).join('\n');
}

/** The words that tell the language of a film: where nothing is said, those that are shown. */
export function writtenIn(request: TimelineRequest): string {
  const { title, captions, overlays, chapters } = request;
  const shown = [
    title ?? '',
    ...(captions ?? []).flatMap(({ lines }) => lines),
    ...(overlays ?? []).flatMap(({ lines }) => lines ?? []),
    ...(chapters ?? []).map((chapter) => chapter.title),
  ];
  return wordsOf(request) || shown.join('\n');
}

const TITLE_CHARACTERS = 80;

function titleOf({ title, narration }: TimelineRequest): string {
  const first = narration?.find(({ text }) => text != null);
  return (
    title ??
    Array.from(first?.text ?? '')
      .slice(0, TITLE_CHARACTERS)
      .join('')
  );
}

function visualsOf({ visuals }: TimelineRequest, render: RenderSpec, bytesOf: BytesOf): Visual[] {
  const starts = startsOf(visuals);
  return visuals.map((one, at): Visual => {
    const { frames, transition, fit } = one;
    const tail = visuals[at + 1]?.transition?.frames ?? 0;
    const motion = motionFrom(one.motion, { id: idOf(at), frames: frames + tail, render });
    const isCut = !transition || transition.kind === 'cut';
    return {
      sceneId: idOf(at),
      start: starts[at] ?? 0,
      frames,
      source: sourceFrom(one, bytesOf),
      fit: fit ?? 'cover',
      ...(motion ? { motion } : {}),
      ...(isCut ? {} : { transition: transitionFrom(transition, transition.frames) }),
    };
  });
}

/** Empty for what has to be pictured first. */
function sourceFrom({ clip, colour }: VisualRequest, bytesOf: BytesOf): Visual['source'] {
  const video = bytesOf(clip?.assetId);
  if (clip && video) return { clip: { video, ...clipFrom(clip) }, colour: '' };
  return { colour: colour ?? '' };
}

/** It goes on below the transition to the next visual, which is part of `frames`. */
function motionFrom(
  motion: VisualRequest['motion'],
  { id, frames, render }: { id: string; frames: number; render: RenderSpec },
): Motion | undefined {
  if (motion == null || motion === 'none') return undefined;
  if (typeof motion !== 'string') {
    return { easing: motion.easing ?? 'linear', from: motion.from, to: motion.to, frames };
  }
  return motionOf(id, frames, { render, style: { ...WITHOUT_TAIL, motion } });
}

const WITHOUT_TAIL = {
  fit: '',
  transition: { kind: 'cut', frames: 0, direction: '', colour: '', linearLight: false },
  transitionMs: 0,
  overlays: [],
  figures: true,
};

function sceneFrom(
  { prompt, keywords, figure, assetId }: VisualRequest,
  index: number,
  bytesOf: BytesOf,
): Scene {
  const media = bytesOf(assetId);
  return {
    id: idOf(index),
    index,
    kind: 'statement',
    narration: '',
    heading: '',
    points: [],
    visualPrompt: prompt ?? '',
    keywords: keywords ?? [],
    ...(media ? { media } : {}),
    ...(figure ? { figure: figureFrom(figure) } : {}),
  };
}

/** A piece that names no length has until the next one, or the end of the film. */
function narrationOf(request: TimelineRequest, bytesOf: BytesOf): CutNarration[] {
  const pieces = request.narration ?? [];
  return pieces.map(({ start, frames, text, assetId }, at) => {
    const until = pieces[at + 1]?.start ?? framesOfRequest(request);
    const id = `n${String(at + 1).padStart(2, '0')}`;
    const audio = bytesOf(assetId);
    const lasts = frames ?? Math.max(1, until - start);
    return { id, start, frames: lasts, text: text ?? '', ...(audio ? { audio } : {}) };
  });
}

function tracksOf({ captionTracks }: TimelineRequest): Pick<Timeline, 'captionTracks'> {
  const tracks = (captionTracks ?? []).map(({ language, captions }) => {
    return { language, captions: (captions ?? []).map(captionFrom) };
  });
  return tracks.length > 0 ? { captionTracks: { tracks } } : {};
}

function captionFrom({
  start,
  frames,
  lines,
  words,
}: Omit<Caption, 'words'> & { words?: Caption['words'] | null | undefined }): Caption {
  return { start, frames, lines, words: words ?? [] };
}

function idOf(index: number): string {
  return `v${String(index + 1).padStart(2, '0')}`;
}

import {
  framesOf,
  rateOf,
  type CaptionStyle,
  type FilmStyle,
  type FrameRate,
  type Overlay,
  type RenderSpec,
  type SoundStyle,
} from '@aura/proto';
import { file, type BytesOf, type NamedFile } from './files.js';
import { overlayFiles, overlayFrom, USUAL_MARGIN, type OverlayRequest } from './overlay-request.js';
import { soundFiles, soundFrom } from './sound-request.js';
import type { StyleRequest } from './style-request.js';
import { transitionFrom } from './values.js';

/** A request's style in the frames of its film. Files are there once they were looked up. */
export function styleOf(style: StyleRequest, render: RenderSpec, bytesOf: BytesOf): FilmStyle {
  const { motion, fit, transition, captions, figures, credits } = style;
  const rate = rateOf(render);
  const sound = soundStyleOf(style, rate, bytesOf);
  return {
    motion: motion ?? '',
    fit: fit ?? '',
    ...(transition ? { transition: transitionFrom(transition, 0) } : {}),
    transitionMs: Math.round((transition?.seconds ?? 0) * 1_000),
    ...(captions ? { captions: captionStyleOf(captions) } : {}),
    overlays: overlaysOf(style, rate, bytesOf),
    ...(sound ? { sound } : {}),
    figures: figures ?? true,
    ...(credits === false ? { credits } : {}),
  };
}

/** The uploaded files that a style names. */
export function styleFiles(
  { overlays, watermark, sound }: StyleRequest,
  path: string[],
): NamedFile[] {
  return [
    ...overlayFiles(overlays ?? [], [...path, 'overlays']),
    ...file(watermark?.assetId, 'picture', [...path, 'watermark', 'assetId']),
    ...file(sound?.music?.assetId, 'sound', [...path, 'sound', 'music', 'assetId']),
    ...soundFiles(sound?.sounds ?? [], [...path, 'sound', 'sounds']),
  ];
}

export function captionStyleOf({
  mode,
  look,
  position,
  accent,
}: NonNullable<StyleRequest['captions']>): CaptionStyle {
  return {
    mode: mode ?? '',
    look: look ?? '',
    position: position ?? '',
    accent: accent ?? '',
  };
}

interface Timed {
  atSeconds?: number | null;
  seconds?: number | null;
  fadeInSeconds?: number | null;
  fadeOutSeconds?: number | null;
}

/** Seconds in frames; 0 frames for until the end. */
function timesIn(rate: FrameRate) {
  const frames = (seconds: number | null | undefined) => framesOf((seconds ?? 0) * 1_000, rate);
  return ({ atSeconds, seconds, fadeInSeconds, fadeOutSeconds }: Timed) => ({
    start: frames(atSeconds),
    frames: seconds == null ? 0 : Math.max(1, frames(seconds)),
    fadeIn: frames(fadeInSeconds),
    fadeOut: frames(fadeOutSeconds),
  });
}

function overlaysOf(
  { overlays, watermark, progressBar }: StyleRequest,
  rate: FrameRate,
  bytesOf: BytesOf,
): Overlay[] {
  const times = timesIn(rate);
  const asked = (overlays ?? []).map((overlay) => overlayFrom(overlay, times(overlay), bytesOf));
  const always = times({});
  const bar = progressBar && {
    kind: 'progress' as const,
    anchor: progressBar.position ?? 'bottom',
    colour: progressBar.colour,
  };
  return [
    ...asked,
    ...(bar ? [overlayFrom(bar, always, bytesOf)] : []),
    ...(watermark ? [overlayFrom(markOf(watermark), always, bytesOf)] : []),
  ];
}

function markOf(mark: NonNullable<StyleRequest['watermark']>): OverlayRequest {
  const { text, assetId, anchor, margin, opacity, width } = mark;
  return {
    ...(text == null ? { kind: 'picture', assetId } : { kind: 'text', lines: [text], size: 0.035 }),
    anchor: anchor ?? 'top-right',
    margin: margin ?? USUAL_MARGIN,
    opacity: opacity ?? 0.7,
    width: width ?? (text == null ? 0.12 : null),
  };
}

function soundStyleOf(
  { sound }: StyleRequest,
  rate: FrameRate,
  bytesOf: BytesOf,
): SoundStyle | undefined {
  if (!sound) return undefined;
  const { music, sounds } = sound;
  const times = timesIn(rate);
  const bed = music && { ...music, kind: 'music' as const, name: music.mood };
  return {
    ...(bed ? { music: soundFrom(bed, times(bed), bytesOf) } : {}),
    effects: (sounds ?? []).map((one) => {
      return soundFrom(one, times(one), bytesOf);
    }),
    loudnessLufs: sound.loudnessLufs ?? 0,
    mono: sound.mono ?? false,
    denoise: sound.denoise ?? false,
  };
}

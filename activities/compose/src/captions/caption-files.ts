import {
  msOf,
  perSecond,
  rateOf,
  type ArtifactKind,
  type Caption,
  type CaptionStyle,
  type CaptionTrack,
  type FrameRate,
  type RenderSpec,
} from '@aura/proto';
import { assFile } from './ass-file.js';
import { captionLayout } from './caption-layout.js';
import { captionLook } from './caption-look.js';
import { shownText } from './plain-text.js';
import { srtFile } from './srt-file.js';
import { webVttFile } from './webvtt-file.js';

export interface CaptionFilesRequest {
  /** In frames of the film. */
  captions: readonly Caption[];
  render: RenderSpec;
  language: string;
  style?: CaptionStyle | undefined;
}

export interface CaptionFile {
  kind: ArtifactKind;
  /** The language of a track; empty for that of the film. */
  label: string;
  file: string;
  mediaType: string;
  text: string;
}

/**
 * The captions of a whole film as files: SubRip, WebVTT for browsers, and Advanced SubStation in the look of the film
 * for editors and for players that draw with libass. All say the same at the same time, to the frame.
 */
export function captionFiles({
  captions,
  render,
  language,
  style,
}: CaptionFilesRequest): CaptionFile[] {
  const layout = captionLayout(render);
  const { position } = captionLook(style, layout);
  const rate = rateOf(render);
  const cues = cuesIn(captions, rate);
  const ass = assFile({ captions, layout, frame: render, fps: perSecond(rate), language, style });
  return [
    { kind: 'captions', label: '', ...SRT, text: srtFile(cues) },
    { kind: 'captions-vtt', label: '', ...VTT, text: webVttFile(cues, position) },
    { kind: 'captions-ass', label: '', ...ASS, text: ass },
  ];
}

/** The captions in another language: SubRip first, and WebVTT. They are never drawn. */
export function trackFiles({ language, captions }: CaptionTrack, rate: FrameRate): CaptionFile[] {
  const cues = cuesIn(captions, rate);
  return [
    { kind: 'captions', label: language, ...SRT, text: srtFile(cues) },
    { kind: 'captions-vtt', label: language, ...VTT, text: webVttFile(cues) },
  ];
}

function cuesIn(captions: readonly Caption[], rate: FrameRate) {
  return captions
    .map(({ start, frames, lines }) => ({
      startMs: msOf(start, rate),
      endMs: msOf(start + frames, rate),
      // Those of a user's timeline are as they were given: none of them may begin another caption.
      lines: lines.map(shownText).filter((line) => line !== ''),
    }))
    .filter(({ lines }) => lines.length > 0);
}

const SRT = { file: 'captions.srt', mediaType: 'application/x-subrip' };
const VTT = { file: 'captions.vtt', mediaType: 'text/vtt' };
const ASS = { file: 'captions.ass', mediaType: 'text/x-ssa' };

import {
  perSecond,
  rateOf,
  type ArtifactKind,
  type CaptionStyle,
  type RenderSpec,
} from '@aura/proto';
import { captionsFrom } from '@aura/timeline';
import { assFile } from './ass-file.js';
import { captionLayout } from './caption-layout.js';
import { captionLook } from './caption-look.js';
import type { Cue } from './cues.js';
import { webVttFile } from './webvtt-file.js';

export interface CaptionFilesRequest {
  /** In ms of the film. */
  cues: readonly Cue[];
  render: RenderSpec;
  /** Length of the film. */
  frames: number;
  language: string;
  style?: CaptionStyle | undefined;
}

export interface CaptionFile {
  kind: ArtifactKind;
  file: string;
  mediaType: string;
  text: string;
}

/**
 * The captions of a whole film beside its SubRip: WebVTT for browsers, and Advanced SubStation in the look of the
 * film for editors and players that draw with libass. None where nothing is said.
 */
export function captionFiles(request: CaptionFilesRequest): CaptionFile[] {
  const { cues, render, frames, language, style } = request;
  if (cues.length === 0) return [];
  const layout = captionLayout(render);
  const { position } = captionLook(style, layout);
  const rate = rateOf(render);
  const captions = captionsFrom(cues, { start: 0, frames }, rate);
  const ass = assFile({ captions, layout, frame: render, fps: perSecond(rate), language, style });
  return [
    {
      kind: 'captions-vtt',
      file: 'captions.vtt',
      mediaType: 'text/vtt',
      text: webVttFile(cues, position),
    },
    { kind: 'captions-ass', file: 'captions.ass', mediaType: 'text/x-ssa', text: ass },
  ];
}

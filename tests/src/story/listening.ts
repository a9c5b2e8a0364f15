import type { AssembleFilmRequest, EncodeSegmentRequest, RenderSpec } from '@aura/proto';
import { BLOB } from './scenario.js';

export const RENDER: RenderSpec = {
  widthPx: 640,
  heightPx: 360,
  fps: 30,
  aspect: '16:9',
  quality: 'draft',
};

/** Stages that keep what they were asked for. */
export function listening() {
  const segments: EncodeSegmentRequest[] = [];
  const films: AssembleFilmRequest[] = [];
  const overrides = {
    encodeSegment: async (request: EncodeSegmentRequest) => {
      segments.push(request);
      const { sceneId, index, frames } = request.shot;
      return { sceneId, index, video: BLOB, frames, unitKey: `segment-${sceneId}` };
    },
    assembleFilm: async (request: AssembleFilmRequest) => {
      films.push(request);
      const { widthPx, heightPx, fps } = request.render;
      const measured = { loudnessLufs: -14, truePeakDbtp: -2, unitKey: '', warnings: [] };
      const files = { video: BLOB, captions: BLOB, thumbnail: BLOB };
      const codecs = { videoCodec: 'h264', audioCodec: 'aac' };
      const frames = request.shots.reduce((sum, shot) => sum + shot.frames, 0);
      return { ...files, ...codecs, ...measured, durationMs: 1, frames, widthPx, heightPx, fps };
    },
  };
  return { segments, films, overrides };
}

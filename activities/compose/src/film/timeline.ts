import { msOf, samplesOf, type FrameRate, type Shot } from '@aura/proto';
import { SAMPLE_RATE_HZ } from '../film-constants.js';

/** A shot's place in the film. Samples are rounded from the film's start on, so that nothing adds up. */
export interface Placed {
  shot: Shot;
  startFrame: number;
  startMs: number;
  endMs: number;
  /** Where the narration begins. */
  speechSample: number;
}

export interface Timeline {
  shots: Placed[];
  frames: number;
  durationMs: number;
  samples: number;
}

/** One shot after the other, each as long as its frames. */
export function timelineOf(shots: readonly Shot[], rate: FrameRate): Timeline {
  const placed: Placed[] = [];
  let frame = 0;
  for (const shot of shots) {
    placed.push({
      shot,
      startFrame: frame,
      startMs: msOf(frame, rate),
      endMs: msOf(frame + shot.frames, rate),
      speechSample:
        samplesOf(frame, rate, SAMPLE_RATE_HZ) + Math.round((shot.leadMs * SAMPLE_RATE_HZ) / 1_000),
    });
    frame += shot.frames;
  }
  return {
    shots: placed,
    frames: frame,
    durationMs: msOf(frame, rate),
    samples: samplesOf(frame, rate, SAMPLE_RATE_HZ),
  };
}

import type { Shot } from '@aura/proto';
import { SAMPLE_RATE_HZ } from '../film-constants.js';

/** A shot's place in the film. Samples are exact for every frame rate that divides 48,000. */
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
export function timelineOf(shots: readonly Shot[], fps: number): Timeline {
  const placed: Placed[] = [];
  let frame = 0;
  for (const shot of shots) {
    placed.push({
      shot,
      startFrame: frame,
      startMs: (frame * 1_000) / fps,
      endMs: ((frame + shot.frames) * 1_000) / fps,
      speechSample: sampleOf(frame, fps) + Math.round((shot.leadMs * SAMPLE_RATE_HZ) / 1_000),
    });
    frame += shot.frames;
  }
  return {
    shots: placed,
    frames: frame,
    durationMs: (frame * 1_000) / fps,
    samples: sampleOf(frame, fps),
  };
}

function sampleOf(frame: number, fps: number): number {
  return Math.round((frame * SAMPLE_RATE_HZ) / fps);
}

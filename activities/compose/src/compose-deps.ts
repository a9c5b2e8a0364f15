import type { ArtifactStore } from '@aura/storage';
import type { Hardware } from './hardware/hardware.js';
import type { SegmentRenderer } from './segment/segment-renderer.js';

/** What the compose stage is made from. */
export interface ComposeDependencies {
  store: ArtifactStore;
  ffmpegPath: string;
  ffprobePath: string;
  /** x264's preset, for example "veryfast". */
  encoderPreset: string;
  /** A folder of fonts beside the installed ones, used before them. */
  fontsFolder?: string;
  /** A folder of music: folders in it are named after moods. */
  musicFolder?: string;
  /** Threads of one FFmpeg; without it what this machine has, up to four. */
  threads?: number;
  /** Longest time that an FFmpeg may go without progress, at full HD; 30 s without it. */
  stallMs?: number;
  /** What draws: the compositor, or FFmpeg's own filters alone. The compositor without it. */
  renderer?: 'compositor' | 'ffmpeg';
  /** Graphics hardware to encode with; without it processors do. */
  hardware?: Hardware;
}

/** The same with its choices made. */
export interface ComposeTools extends Omit<ComposeDependencies, 'renderer'> {
  renderer: SegmentRenderer;
}

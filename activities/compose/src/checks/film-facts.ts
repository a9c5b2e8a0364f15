import type { MediaInfo, Mp4Box } from '@aura/media';
import type { FilmEncoding, FrameRate } from '@aura/proto';
import type { SoundFacts } from '../sound/sound-facts.js';
import type { Interval } from './intervals.js';
import type { PacketSums } from './packet-sums.js';

/** Presentation times of the pictures, in units of the track's time base. */
export interface Timestamps {
  count: number;
  first: number;
  /** Shortest and longest step from one picture to the next. */
  minStep: number;
  maxStep: number;
  last: number;
}

/** What was measured on a file without decoding it. */
export interface FileFacts {
  /** Empty for containers without boxes. */
  boxes: Mp4Box[];
  /** Absent where ffprobe cannot read the file. */
  media?: MediaInfo;
  timestamps?: Timestamps;
  packets?: PacketSums;
}

/** What was measured while the whole film was decoded. */
export interface ContentFacts extends SoundFacts {
  /** What the decoders complained about; empty if nothing. */
  complaints: string;
  /** Stretches without light, without change and without sound, of any length. */
  blacks: Interval[];
  freezes: Interval[];
  silences: Interval[];
}

/** What one shot should look and sound like. Times in ms of the film. */
export interface ShotExpectation extends Interval {
  sceneId: string;
  /** When words are spoken. */
  speech: Interval[];
}

/** What the film should be like. */
export interface FilmExpectation {
  widthPx: number;
  heightPx: number;
  rate: FrameRate;
  encoding: FilmEncoding;
  frames: number;
  /** How loud it is to be, in LUFS; −14 where absent. */
  targetLufs?: number;
  /** How many tracks of captions there are; none where absent. */
  captionTracks?: number;
  shots: ShotExpectation[];
  /** Where the pictures themselves are black, or show no motion that anybody could see. */
  blackPictures: Interval[];
  stillPictures: Interval[];
}

export function timestampsOf(presentationTimes: readonly number[]): Timestamps {
  const times = presentationTimes.toSorted((a, b) => a - b);
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return {
    count: times.length,
    first: times[0] ?? 0,
    last: times.at(-1) ?? 0,
    minStep: steps.reduce((least, step) => Math.min(least, step), Number.POSITIVE_INFINITY),
    maxStep: steps.reduce((most, step) => Math.max(most, step), 0),
  };
}

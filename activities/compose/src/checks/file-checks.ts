import type { MediaStream } from '@aura/media';
import { SAMPLE_RATE_HZ, TICKS_PER_FRAME } from '../film-constants.js';
import type { FileFacts, FilmExpectation } from './film-facts.js';

/** A check by its public name: says what is wrong, or nothing. Decides on measured facts alone. */
export interface FilmCheck<F> {
  name: string;
  problem: (facts: F, expected: FilmExpectation) => string | undefined;
}

export const PICTURE_CHECKS: FilmCheck<FileFacts>[] = [
  {
    name: 'container',
    problem({ boxes, media }) {
      const missing = ['ftyp', 'moov', 'mdat'].filter((type) => positionOf(boxes, type) < 0);
      if (missing.length > 0) return `the file has no ${missing.join(', ')}`;
      return media ? undefined : 'ffprobe cannot read the file';
    },
  },
  picture('codec', ({ codec }) => codec, 'h264'),
  picture('pixelFormat', ({ pixelFormat }) => pixelFormat, 'yuv420p'),
  picture('profile', ({ profile }) => profile, 'High'),
  picture(
    'colour',
    ({ colorRange, colorSpace, colorTransfer, colorPrimaries }) =>
      [colorRange, colorSpace, colorTransfer, colorPrimaries].join(' '),
    'tv bt709 bt709 bt709',
  ),
  {
    name: 'size',
    problem: ({ media }, { widthPx, heightPx }) =>
      differs(sizeOf(pictureOf(media)), `${widthPx}x${heightPx}, pixels 1:1`),
  },
  {
    name: 'frameRate',
    problem: ({ media }, { fps }) => differs(pictureOf(media)?.frameRate, `${fps}/1`),
  },
  {
    name: 'frames',
    problem: ({ media }, { frames }) => differs(pictureOf(media)?.packets, frames),
  },
  {
    name: 'timestamps',
    problem({ timestamps }) {
      const { first, minStep, maxStep, count } = timestamps ?? UNKNOWN_TIMES;
      const step = TICKS_PER_FRAME;
      const even = count < 2 || (minStep === step && maxStep === step);
      if (even && first === 0) return undefined;
      return `pictures are ${minStep} to ${maxStep} apart instead of ${step}, from ${first}`;
    },
  },
];

/** What is checked on the joined film beyond its pictures. */
export const FILM_FILE_CHECKS: FilmCheck<FileFacts>[] = [
  ...PICTURE_CHECKS,
  {
    name: 'faststart',
    problem: ({ boxes }) =>
      positionOf(boxes, 'moov') < positionOf(boxes, 'mdat')
        ? undefined
        : 'the index lies behind the pictures',
  },
  {
    name: 'soundFormat',
    problem({ media }) {
      const sound = media?.streams.find(({ type }) => type === 'audio');
      const found = `${sound?.codec} ${sound?.sampleRateHz} Hz, ${sound?.channels} channels`;
      return differs(found, `aac ${SAMPLE_RATE_HZ} Hz, 2 channels`);
    },
  },
  {
    name: 'duration',
    problem({ media }, { frames, fps }) {
      const durations = ['video', 'audio'].map(
        (wanted) => media?.streams.find(({ type }) => type === wanted)?.durationS ?? 0,
      );
      const wrong = durations.find((durationS) => Math.abs(durationS - frames / fps) > 1 / fps);
      return wrong === undefined
        ? undefined
        : `picture and sound last ${durations.join(' s and ')} s instead of ${frames / fps} s`;
    },
  },
];

const UNKNOWN_TIMES = { count: 0, first: Number.NaN, minStep: 0, maxStep: 0 };

function picture(
  name: string,
  found: (stream: MediaStream) => string | undefined,
  wanted: string,
): FilmCheck<FileFacts> {
  return {
    name,
    problem({ media }) {
      const stream = pictureOf(media);
      return differs(stream && found(stream), wanted);
    },
  };
}

function pictureOf(media: FileFacts['media']): MediaStream | undefined {
  return media?.streams.find(({ type }) => type === 'video');
}

function sizeOf(stream: MediaStream | undefined): string {
  const ratio = stream?.sampleAspectRatio ?? '1:1';
  return `${stream?.widthPx}x${stream?.heightPx}, pixels ${ratio}`;
}

function positionOf(boxes: FileFacts['boxes'], type: string): number {
  return boxes.findIndex((box) => box.type === type);
}

function differs(found: string | number | undefined, wanted: string | number): string | undefined {
  return found === wanted ? undefined : `found ${found}, wanted ${wanted}`;
}

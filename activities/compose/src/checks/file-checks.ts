import type { MediaStream } from '@aura/media';
import { SAMPLE_RATE_HZ, ticksOf } from '../film-constants.js';
import { hasBoxes, SOUND_NAMES } from '../output/codec-facts.js';
import { HDR10_COLOUR, pixelFormatOf, SDR_COLOUR } from '../segment/encoder-args.js';
import type { FileFacts, FilmExpectation } from './film-facts.js';
import { profileOf } from './profiles.js';

/** A check by its public name: says what is wrong, or nothing. Decides on measured facts alone. */
export interface FilmCheck<F> {
  name: string;
  problem: (facts: F, expected: FilmExpectation) => string | undefined;
  /** What was measured, in a few words for people. */
  found: (facts: F, expected: FilmExpectation) => string;
}

const CONTAINER: FilmCheck<FileFacts> = {
  name: 'container',
  found: (_facts, { encoding }) => encoding.container,
  problem({ boxes, media }, { encoding }) {
    const wanted = hasBoxes(encoding.container) ? ['ftyp', 'moov', 'mdat'] : [];
    const missing = wanted.filter((type) => positionOf(boxes, type) < 0);
    if (missing.length > 0) return `the file has no ${missing.join(', ')}`;
    return media ? undefined : 'ffprobe cannot read the file';
  },
};

export const PICTURE_CHECKS: FilmCheck<FileFacts>[] = [
  CONTAINER,
  picture(
    'codec',
    ({ codec }) => codec,
    ({ encoding }) => encoding.codec,
  ),
  picture(
    'pixelFormat',
    ({ pixelFormat }) => pixelFormat,
    ({ encoding }) => pixelFormatOf(encoding),
  ),
  picture(
    'profile',
    ({ profile }) => profile,
    ({ encoding }) => profileOf(encoding),
  ),
  picture(
    'colour',
    ({ colorRange, colorSpace, colorTransfer, colorPrimaries }) =>
      [colorRange, colorSpace, colorTransfer, colorPrimaries].join(' '),
    ({ encoding }) => (encoding.hdr ? HDR10_COLOUR : SDR_COLOUR).join(' '),
  ),
  picture('size', sizeOf, ({ widthPx, heightPx }) => `${widthPx}x${heightPx}, pixels 1:1`),
  {
    name: 'frameRate',
    found: ({ media }) => String(pictureOf(media)?.frameRate),
    problem({ media }, { rate }) {
      const [numerator = 0, denominator = 1] = (pictureOf(media)?.frameRate ?? '')
        .split('/')
        .map(Number);
      // Matroska keeps how long a picture lasts in nanoseconds, not as a fraction.
      const isIt =
        Math.abs((numerator * rate.denominator) / denominator / rate.numerator - 1) < 1e-6;
      return isIt
        ? undefined
        : `found ${numerator}/${denominator}, wanted ${rate.numerator}/${rate.denominator}`;
    },
  },
  {
    name: 'frames',
    found: ({ media }) => String(pictureOf(media)?.packets),
    problem: ({ media }, { frames }) => differs(pictureOf(media)?.packets, frames),
  },
  {
    name: 'timestamps',
    found: () => 'even, from 0',
    problem({ timestamps }, { rate, encoding, frames }) {
      const { first, last, minStep, maxStep, count } = timestamps ?? UNKNOWN_TIMES;
      const exact = hasBoxes(encoding.container);
      const step = exact ? ticksOf(rate).perFrame : (1_000 * rate.denominator) / rate.numerator;
      const slack = exact ? 0 : 1;
      const isEven = count < 2 || (minStep >= step - slack && maxStep <= step + slack);
      const isOnTime = Math.abs(last - (frames - 1) * step) <= slack;
      if (isEven && isOnTime && first === 0) return undefined;
      return `pictures are ${minStep} to ${maxStep} apart instead of ${step}, from ${first} to ${last}`;
    },
  },
];

/** What is checked on sound without pictures. */
export const SOUND_FILE_CHECKS: FilmCheck<FileFacts>[] = [
  CONTAINER,
  {
    name: 'faststart',
    found: () => 'index first',
    problem: ({ boxes }, { encoding }) =>
      !hasBoxes(encoding.container) || positionOf(boxes, 'moov') < positionOf(boxes, 'mdat')
        ? undefined
        : 'the index lies behind the pictures',
  },
  {
    name: 'soundFormat',
    found: ({ media }) => soundOf(media),
    problem: ({ media }, { encoding }) => {
      const found = soundOf(media);
      const wanted = [1, 2].map(
        (sides) => `${SOUND_NAMES[encoding.sound]} ${SAMPLE_RATE_HZ} Hz ${sides}`,
      );
      return wanted.includes(found) ? undefined : `found ${found}, wanted ${wanted.at(-1)}`;
    },
  },
  {
    name: 'duration',
    found: ({ media }) => `${(media?.format.durationS ?? 0).toFixed(3)} s`,
    problem({ media }, { frames, rate, encoding }) {
      const wantedS = (frames * rate.denominator) / rate.numerator;
      const durations = ['video', 'audio']
        .filter((type) => !encoding.audioOnly || type === 'audio')
        .map((type) => media?.streams.find((stream) => stream.type === type)?.durationS)
        .map((durationS) => durationS ?? media?.format.durationS ?? 0);
      const slackS =
        encoding.container === 'mp3' ? MP3_PADDING_S : rate.denominator / rate.numerator;
      const wrong = durations.find((durationS) => Math.abs(durationS - wantedS) > slackS);
      return wrong === undefined
        ? undefined
        : `picture and sound last ${durations.join(' s and ')} s instead of ${wantedS} s`;
    },
  },
];

/** Two frames of MP3 that a coder may begin and end with. */
const MP3_PADDING_S = (4 * 1_152) / 48_000;

const CAPTION_TRACK: FilmCheck<FileFacts> = {
  name: 'captionTrack',
  found: ({ media }, { captionTracks }) =>
    captionTracks ? `present: ${captionLanguages(media).join(' ')}` : 'none wanted',
  problem: ({ media }, { captionTracks = 0 }) =>
    differs(captionLanguages(media).length, captionTracks),
};

/** Picture and sound begin together; that they end together is checked by their durations. */
const OFFSET: FilmCheck<FileFacts> = {
  name: 'offset',
  found: ({ media }) => `${Math.round(offsetS(media) * 1_000)} ms`,
  problem({ media }, { rate }) {
    const found = offsetS(media);
    const isWithinFrame = Math.abs(found) <= rate.denominator / rate.numerator;
    return isWithinFrame ? undefined : `the sound begins ${found} s after the picture`;
  },
};

/** What is checked on the joined film beyond its pictures. */
export const FILM_FILE_CHECKS: FilmCheck<FileFacts>[] = [
  ...PICTURE_CHECKS,
  ...SOUND_FILE_CHECKS.slice(1),
  OFFSET,
  CAPTION_TRACK,
];

const UNKNOWN_TIMES = { count: 0, first: Number.NaN, last: 0, minStep: 0, maxStep: 0 };

function picture(
  name: string,
  found: (stream: MediaStream) => string | undefined,
  wanted: (expected: FilmExpectation) => string,
): FilmCheck<FileFacts> {
  const foundIn = ({ media }: FileFacts) => {
    const stream = pictureOf(media);
    return stream && found(stream);
  };
  return {
    name,
    found: (facts) => String(foundIn(facts)),
    problem: (facts, expected) => differs(foundIn(facts), wanted(expected)),
  };
}

function captionLanguages(media: FileFacts['media']): string[] {
  const tracks = media?.streams.filter(({ type }) => type === 'subtitle') ?? [];
  return tracks.map(({ language }) => language ?? 'und');
}

function offsetS(media: FileFacts['media']): number {
  const startOf = (wanted: string) =>
    media?.streams.find(({ type }) => type === wanted)?.startS ?? Number.POSITIVE_INFINITY;
  return startOf('audio') - startOf('video');
}

function pictureOf(media: FileFacts['media']): MediaStream | undefined {
  return media?.streams.find(({ type }) => type === 'video');
}

function soundOf(media: FileFacts['media']): string {
  const sound = media?.streams.find(({ type }) => type === 'audio');
  return `${sound?.codec} ${sound?.sampleRateHz} Hz ${sound?.channels}`;
}

function sizeOf(stream: MediaStream): string {
  const ratio = stream.sampleAspectRatio ?? '1:1';
  return `${stream.widthPx}x${stream.heightPx}, pixels ${ratio}`;
}

function positionOf(boxes: FileFacts['boxes'], type: string): number {
  return boxes.findIndex((box) => box.type === type);
}

function differs(found: string | number | undefined, wanted: string | number): string | undefined {
  return found === wanted ? undefined : `found ${found}, wanted ${wanted}`;
}

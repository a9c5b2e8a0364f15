import { inputGuards } from '@aura/media';
import {
  creditOf,
  distinctCredits,
  isSoundContainer,
  type Attribution,
  type Chapter,
  type FilmEncoding,
  type FrameRate,
} from '@aura/proto';
import { charactersOf, shownText } from '../captions/plain-text.js';
import { packetListArgs } from '../checks/packet-sums.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { ticksOf } from '../film-constants.js';
import {
  captionCodecOf,
  hasBoxes,
  muxerArgs,
  segmentsInput,
  SOUND_DECODERS,
} from '../output/codec-facts.js';

/** A SubRip file that becomes a track of its own, as a name of ours, and its language by ISO 639-2. */
export interface CaptionInput {
  file: string;
  language: string;
}

export interface JoinRequest {
  /** A concat list of segments, the mastered sound and an ffmetadata file, as names of ours. */
  list: string;
  sound: string;
  metadata: string;
  captions?: readonly CaptionInput[];
  /** ISO 639-2. */
  language: string;
  rate: FrameRate;
  encoding: FilmEncoding;
  output: string;
  /** Where the packets of pictures and sound are listed as they were read, as a name of ours. */
  packets: string;
}

/** Joins segments and sound into the film without touching a picture or a sample. */
export function joinArgs(request: JoinRequest): string[] {
  const { list, language, encoding, output, captions = [] } = request;
  const { container, codec, audioOnly } = encoding;
  const pictures = audioOnly ? [] : segmentsInput(list, codec);
  const first = audioOnly ? 0 : 1;
  const joined = [...(audioOnly ? [] : ['0:v:0']), `${first}:a:0`];
  const tracks = [...joined, ...captions.map((_one, at) => `${first + 2 + at}:s:0`)];
  const languages = [
    ...(audioOnly ? [] : [['v:0', language]]),
    ['a:0', language],
    ...captions.map((one, at) => [`s:${at}`, one.language]),
  ];
  return [
    FFMPEG_HEAD,
    pictures,
    accompanyingInputs(request),
    tracks.flatMap((track) => ['-map', track]),
    ['-map_metadata', String(first + 1), '-map_chapters', String(first + 1)],
    ['-c', 'copy', ...(captions.length > 0 ? ['-c:s', captionCodecOf(container)] : [])],
    languages.flatMap(([track, name]) => [`-metadata:s:${track}`, `language=${name}`]),
    timeBaseArgs(request),
    ['-fflags', '+bitexact', ...muxerArgs(container), `file:${output}`],
    packetListArgs(joined, request.packets),
  ].flat();
}

function accompanyingInputs({ sound, metadata, captions = [], encoding }: JoinRequest): string[] {
  const { sound: codec } = encoding;
  const meta = ['-f', 'ffmetadata', '-format_whitelist', 'ffmetadata'];
  return [
    inputGuards('mov', SOUND_DECODERS[codec]),
    ['-i', `file:${sound}`],
    [...meta, '-protocol_whitelist', 'file', '-i', `file:${metadata}`],
    captions.flatMap(({ file }) => {
      return [...inputGuards('srt', ['subrip', 'srt']), '-i', `file:${file}`];
    }),
  ].flat();
}

function timeBaseArgs({ rate, encoding: { container } }: JoinRequest): string[] {
  if (!hasBoxes(container) || isSoundContainer(container)) return [];
  const timescale = String(ticksOf(rate).timescale);
  return ['-video_track_timescale', timescale, '-movie_timescale', timescale];
}

/** The list of what is joined, in order; names of ours that need no quoting. */
export function concatList(files: readonly string[]): string {
  return ['ffconcat version 1.0', ...files.map((file) => `file ${file}`), ''].join('\n');
}

const MAX_TITLE_CHARACTERS = 200;
/** Of a name and the address of its page. */
const MAX_CREDIT_CHARACTERS = 800;

export interface MetadataRequest {
  title: string;
  chapters?: readonly Chapter[];
  /** Of the whole film. */
  frames: number;
  rate: FrameRate;
  /** Whose pictures it shows. */
  credits?: readonly Attribution[];
}

/** The film's metadata in FFmpeg's own format, so that a title is never an argument. */
export function metadataFile(request: MetadataRequest): string {
  const { title, chapters = [], frames, rate, credits = [] } = request;
  const marks = chapters.map(({ start, title: name }, index) =>
    [
      '[CHAPTER]',
      `TIMEBASE=${rate.denominator}/${rate.numerator}`,
      `START=${start}`,
      `END=${chapters[index + 1]?.start ?? frames}`,
      `title=${escaped(name)}`,
      '',
    ].join('\n'),
  );
  return [`;FFMETADATA1\ntitle=${escaped(title)}\n`, commentOf(credits), ...marks].join('');
}

/** Names those whose pictures are shown in the tag that every container has. */
function commentOf(credits: readonly Attribution[]): string {
  if (credits.length === 0) return '';
  const named = distinctCredits(credits).map((one) => {
    const page = one.pageUrl === '' ? '' : ` (${one.pageUrl})`;
    return escaped(`${creditOf(one)}${page}`, MAX_CREDIT_CHARACTERS);
  });
  return `comment=Pictures: ${named.join(String.raw`\; `)}\n`;
}

function escaped(text: string, most = MAX_TITLE_CHARACTERS): string {
  const shown = charactersOf(shownText(text)).slice(0, most).join('');
  return shown.replace(/[=;#\\]/g, String.raw`\$&`);
}

import { encodingOf, rateOf, type CodecName, type FilmEncoding, type Quality } from '@aura/proto';
import type { Encoding, FrameRate } from '@aura/proto';
import { ticksOf } from '../film-constants.js';

const SECONDS_PER_GROUP = 4;

export interface EncoderRequest {
  quality: string;
  /** x264's preset of standard quality. */
  preset: string;
  fps: number;
  rate?: FrameRate | undefined;
  encoding?: Encoding | undefined;
}

/** Which look at the pictures this is, where there are two. */
export interface Look {
  pass: 1 | 2;
  /** Where the first keeps what it has seen, as a name of ours relative to the working folder. */
  stats: string;
  /** What the second is to come to, in bits a second; absent where the encoder knows by itself. */
  bitsPerSecond?: number;
}

/**
 * How segments are encoded: equal for all segments of a film, so that they join without re-encoding.
 * Each is a closed group of pictures of its own that begins with a key frame. The last arguments before the
 * output: they name the muxer too.
 */
export function encoderArgs(request: EncoderRequest, look?: Look): string[] {
  const encoding = encodingOf(request);
  const rate = rateOf(request);
  const group = Math.round((SECONDS_PER_GROUP * rate.numerator) / rate.denominator);
  const { timescale } = ticksOf(rate);
  return [
    CODEC_ARGS[encoding.codec]({ encoding, preset: request.preset, look, group }),
    lookArgs(encoding, look),
    ['-pix_fmt', pixelFormatOf(encoding), '-r', rateText(rate), '-fps_mode', 'cfr'],
    ['-g', String(group), '-force_key_frames', 'expr:eq(n,0)'],
    colourArgs(encoding.hdr ? HDR10_COLOUR : SDR_COLOUR),
    ['-an', '-sn', '-dn', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ['-video_track_timescale', String(timescale), '-movie_timescale', String(timescale)],
    ['-f', encoding.codec === 'prores' ? 'mov' : 'mp4'],
  ].flat();
}

/**
 * What the finished pictures (8 bit, BT.709) go through before the encoder, as filters; mostly nothing. HDR10
 * puts the white of ordinary pictures at 203 candela per square metre (ITU-R BT.2408).
 */
export function outputFilters(request: Pick<EncoderRequest, 'quality' | 'encoding'>): string[] {
  if (!encodingOf(request).hdr) return [];
  return [
    'zscale=transferin=bt709:matrixin=bt709:primariesin=bt709:rangein=limited:transfer=linear:npl=203',
    'format=gbrpf32le',
    'zscale=primaries=bt2020:transfer=smpte2084:matrix=bt2020nc:range=limited:npl=203',
    'format=yuv420p10le',
  ];
}

export function pixelFormatOf({ codec, bitDepth }: FilmEncoding): string {
  if (codec === 'prores') return 'yuv422p10le';
  return bitDepth === 10 ? 'yuv420p10le' : 'yuv420p';
}

export function rateText({ numerator, denominator }: FrameRate): string {
  return denominator === 1 ? String(numerator) : `${numerator}/${denominator}`;
}

/** Range, matrix, transfer and primaries, as FFmpeg and ffprobe name them. */
export const SDR_COLOUR = ['tv', 'bt709', 'bt709', 'bt709'] as const;
export const HDR10_COLOUR = ['tv', 'bt2020nc', 'smpte2084', 'bt2020'] as const;

function colourArgs([range, matrix, transfer, primaries]: readonly [
  string,
  string,
  string,
  string,
]): string[] {
  return [
    ['-color_range', range, '-colorspace', matrix],
    ['-color_primaries', primaries, '-color_trc', transfer],
  ].flat();
}

interface CodecRequest {
  encoding: FilmEncoding;
  preset: string;
  look: Look | undefined;
  group: number;
}

const CODEC_ARGS: Record<CodecName, (request: CodecRequest) => string[]> = {
  // Large transforms make it High with every preset. Plain surfaces and their tints get their share of
  // bits: cards are mostly that, and bands on them show. No header may follow from what a segment shows.
  h264: ({ encoding, preset, look }) =>
    [
      ['-c:v', 'libx264', '-preset', h264Preset(encoding.quality, preset)],
      rateControl(encoding, look),
      ['-x264-params', '8x8dct=1:aq-mode=3:chroma-qp-offset=-4:stitchable=1'],
      ['-profile:v', 'high', '-flags', '+cgop'],
    ].flat(),
  hevc: ({ encoding, look, group }) =>
    [
      ['-c:v', 'libx265', '-preset', HEVC_PRESETS[encoding.quality]],
      rateControl(encoding, look),
      ['-tag:v', 'hvc1', '-x265-params', hevcParams(encoding, look, group)],
    ].flat(),
  av1: ({ encoding, look, group }) =>
    [
      ['-c:v', 'libsvtav1', '-preset', AV1_PRESETS[encoding.quality]],
      rateControl(encoding, look),
      ['-svtav1-params', av1Params(encoding, group)],
    ].flat(),
  vp9: ({ encoding, look }) =>
    [
      ['-c:v', 'libvpx-vp9', ...VP9_SPEEDS[encoding.quality], '-row-mt', '1', '-tile-columns', '1'],
      encoding.crf > 0 ? ['-crf', String(encoding.crf), '-b:v', '0'] : rateControl(encoding, look),
    ].flat(),
  prores: ({ encoding: { quality } }) =>
    [
      ['-c:v', 'prores_ks', '-profile:v', PRORES_PROFILES[quality]],
      ['-vendor', 'apl0'],
    ].flat(),
};

/** The installation says how long standard quality may take; the others are further up or down. */
function h264Preset(quality: Quality, preset: string): string {
  const presets = { draft: 'ultrafast', standard: preset, premium: 'slow', maximum: 'veryslow' };
  return presets[quality];
}

const HEVC_PRESETS = { draft: 'ultrafast', standard: 'fast', premium: 'medium', maximum: 'slow' };
const AV1_PRESETS = { draft: '12', standard: '8', premium: '6', maximum: '4' };
const VP9_SPEEDS: Record<Quality, string[]> = {
  draft: ['-deadline', 'realtime', '-cpu-used', '8'],
  standard: ['-deadline', 'good', '-cpu-used', '4'],
  premium: ['-deadline', 'good', '-cpu-used', '2'],
  maximum: ['-deadline', 'good', '-cpu-used', '1'],
};
/** Proxy, 422, HQ, HQ. */
const PRORES_PROFILES = { draft: '0', standard: '2', premium: '3', maximum: '3' };

function rateControl({ crf, bitrateKbps }: FilmEncoding, look: Look | undefined): string[] {
  if (bitrateKbps > 0) return ['-b:v', `${bitrateKbps}k`];
  const { bitsPerSecond } = look ?? {};
  return bitsPerSecond === undefined ? ['-crf', String(crf)] : ['-b:v', String(bitsPerSecond)];
}

/** x265 takes its own; the others understand FFmpeg's. */
function lookArgs({ codec }: FilmEncoding, look: Look | undefined): string[] {
  if (!look || codec === 'hevc') return [];
  return ['-pass', String(look.pass), '-passlogfile', look.stats];
}

/**
 * Colours of a screen with P3 primaries, 0.0001 to 1,000 cd/m² (SMPTE ST 2086): what films are commonly
 * mastered on. The lightest picture of ours is 203 cd/m².
 */
const MASTERING = 'G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)';
const LIGHT = '203,203';

function hevcParams({ hdr }: FilmEncoding, look: Look | undefined, group: number): string {
  return [
    'log-level=error:info=0:open-gop=0',
    `keyint=${group}:min-keyint=1:aq-mode=3`,
    ...(look ? [`pass=${look.pass}:stats=${look.stats}`] : []),
    ...(hdr
      ? [`hdr10=1:hdr10-opt=1:repeat-headers=1:master-display=${MASTERING}:max-cll=${LIGHT}`]
      : []),
  ].join(':');
}

/** SVT-AV1 takes the same figures as decimals. */
const AV1_MASTERING = 'G(0.265,0.69)B(0.15,0.06)R(0.68,0.32)WP(0.3127,0.329)L(1000.0,0.0001)';

function av1Params({ hdr }: FilmEncoding, group: number): string {
  return [
    `keyint=${group}:irefresh-type=2:tune=0`,
    ...(hdr ? [`enable-hdr=1:mastering-display=${AV1_MASTERING}:content-light=${LIGHT}`] : []),
  ].join(':');
}

/** What every FFmpeg of ours is started with: silent but for errors, which end it; progress on its output. */
export const FFMPEG_HEAD = [
  ['-nostdin', '-hide_banner', '-xerror', '-v', 'error'],
  ['-progress', 'pipe:1', '-nostats', '-y'],
].flat();

import { encodingOf, rateOf, type FilmEncoding, type RenderSpec } from '@aura/proto';
import { ticksOf } from '../film-constants.js';
import { rateText, SDR_COLOUR } from '../segment/encoder-args.js';

/** Kinds of graphics hardware that FFmpeg can encode with, the best first. */
export const HARDWARE_FAMILIES = ['nvenc', 'qsv', 'vaapi', 'amf', 'videotoolbox'] as const;
export type HardwareFamily = (typeof HARDWARE_FAMILIES)[number];

/** One device of a family. */
export interface HardwareDevice {
  family: HardwareFamily;
  /** Its number (NVENC) or its node such as /dev/dri/renderD128 (QSV, VAAPI); undefined for the first. */
  device?: string | undefined;
}

const CODECS = ['h264', 'hevc'] as const;
type HardwareCodec = (typeof CODECS)[number];

/** FFmpeg's name of the encoder, for example h264_nvenc; undefined where the order cannot be encoded on hardware. */
export function hardwareEncoder(family: HardwareFamily, render: RenderSpec): string | undefined {
  const { codec, bitDepth, hdr, twoPass } = encodingOf(render);
  // Whoever wants hardware alone gets one look, unless the order itself says two.
  const looksTwice = render.hardware === 'nvidia' ? render.encoding?.twoPass : twoPass;
  const isPlain = bitDepth === 8 && !hdr && !looksTwice;
  return isPlain && isHardwareCodec(codec) ? `${codec}_${family}` : undefined;
}

/**
 * How hardware encodes a segment so that it is what one of a processor would be: the same profile, pixel format,
 * colours, rate and time base, a closed group that begins with a key frame. The last arguments before the output, as
 * `encoderArgs` gives them. Quality is that of the order, in the measure of each family: a little more bits for about
 * the same picture.
 */
export function hardwareArgs({ family, device }: HardwareDevice, render: RenderSpec): string[] {
  const encoding = encodingOf(render);
  const rate = rateOf(render);
  const { timescale } = ticksOf(rate);
  const group = String(Math.round((SECONDS_PER_GROUP * rate.numerator) / rate.denominator));
  const [range, matrix, transfer, primaries] = SDR_COLOUR;
  const codec = isHardwareCodec(encoding.codec) ? encoding.codec : 'h264';
  return [
    ['-c:v', `${codec}_${family}`, ...FAMILY_ARGS[family](encoding, device)],
    ['-profile:v', codec === 'h264' ? 'high' : 'main', '-bf', '0'],
    codec === 'hevc' ? ['-tag:v', 'hvc1'] : [],
    family === 'vaapi' ? [] : ['-pix_fmt', family === 'qsv' ? 'nv12' : 'yuv420p'],
    ['-r', rateText(rate), '-fps_mode', 'cfr'],
    ['-g', group, '-force_key_frames', 'expr:eq(n,0)', '-flags', '+cgop'],
    ['-color_range', range, '-colorspace', matrix],
    ['-color_primaries', primaries, '-color_trc', transfer],
    ['-an', '-sn', '-dn', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ['-video_track_timescale', String(timescale), '-movie_timescale', String(timescale)],
    ['-f', 'mp4'],
  ].flat();
}

/** What the finished pictures go through on their way to the device, as filters. */
export function hardwareFilters({ family }: HardwareDevice): string[] {
  return family === 'vaapi' ? ['format=nv12', 'hwupload'] : [];
}

const SECONDS_PER_GROUP = 4;
const FIRST_NODE = '/dev/dri/renderD128';

const FAMILY_ARGS: Record<
  HardwareFamily,
  (encoding: FilmEncoding, device: string | undefined) => string[]
> = {
  nvenc: (encoding, device) => [
    ...(device === undefined ? [] : ['-gpu', device]),
    '-preset',
    'p5',
    '-tune',
    'hq',
    '-rc',
    'vbr',
    '-spatial-aq',
    '1',
    ...quality(encoding, (crf) => ['-cq', crf, '-b:v', '0']),
  ],
  qsv: (encoding, device) => [
    '-init_hw_device',
    `qsv=qsv,child_device=${device ?? FIRST_NODE}`,
    '-preset',
    'medium',
    ...quality(encoding, (crf) => ['-global_quality', crf]),
  ],
  vaapi: (encoding, device) => [
    '-vaapi_device',
    device ?? FIRST_NODE,
    ...quality(encoding, (crf) => ['-rc_mode', 'CQP', '-qp', crf]),
  ],
  amf: (encoding) => [
    '-quality',
    'quality',
    ...quality(encoding, (crf) => ['-rc', 'cqp', '-qp_i', crf, '-qp_p', crf]),
  ],
  videotoolbox: (encoding) => [
    '-allow_sw',
    '0',
    // Its quality goes the other way, to 100.
    ...quality(encoding, (crf) => ['-q:v', String(Math.max(1, 100 - 2 * Number(crf)))]),
  ],
};

function quality(
  { bitrateKbps, crf }: FilmEncoding,
  constant: (crf: string) => string[],
): string[] {
  if (bitrateKbps > 0) return ['-b:v', `${bitrateKbps}k`];
  return constant(String(crf));
}

function isHardwareCodec(codec: string): codec is HardwareCodec {
  return (CODECS as readonly string[]).includes(codec);
}

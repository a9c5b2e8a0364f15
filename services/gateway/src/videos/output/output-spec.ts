import {
  CODECS,
  encodingOf,
  FRACTIONAL_RATES,
  isSoundContainer,
  platformOf,
  QUALITIES,
  QUALITY_ALIASES,
  type Aspect,
  type CodecName,
  type Encoding,
  type Quality,
  type RenderSpec,
} from '@aura/proto';
import type { OutputRequest } from './output-request.js';

/** What stands beside `output` in the options, and holds where that says nothing. */
export interface OutputDefaults {
  aspect?: Aspect | null | undefined;
  quality?: string | null | undefined;
  fps?: number | null | undefined;
}

/** What is shown, how large and how it is encoded. Absent members stay absent: equal wishes give equal orders. */
export function outputSpec(
  output: OutputRequest,
  defaults: OutputDefaults,
  targetDurationMs: number,
): RenderSpec {
  const platform = platformOf(output.platform ?? undefined);
  const aspect = output.aspect ?? defaults.aspect ?? platform?.aspects[0] ?? '16:9';
  const quality = qualityNamed(output.quality ?? defaults.quality);
  const shortSidePx = Math.min(SHORT_SIDE_PX[quality], platform?.shortSidePx ?? Number.MAX_VALUE);
  const encoding = encodingWish(output, { quality, targetDurationMs });
  return {
    ...sizeOf(aspect, shortSidePx),
    ...rateNamed(output.frameRate ?? defaults.fps ?? USUAL_FPS),
    aspect,
    quality,
    ...(output.platform ? { platform: output.platform } : {}),
    ...(encoding ? { encoding } : {}),
    ...(output.hardware && output.hardware !== 'auto' ? { hardware: output.hardware } : {}),
  };
}

export function qualityNamed(name: string | null | undefined): Quality {
  const own = QUALITIES.find((quality) => quality === name);
  return own ?? (QUALITY_ALIASES as Record<string, Quality>)[name ?? ''] ?? 'standard';
}

export function isSoundAlone(output: OutputRequest): boolean {
  const platform = platformOf(output.platform ?? undefined);
  return (
    output.audioOnly === true ||
    platform?.audioOnly === true ||
    isSoundContainer(output.container ?? '')
  );
}

const USUAL_FPS = 30;

const SHORT_SIDE_PX = {
  draft: 360,
  standard: 1_080,
  premium: 1_080,
  maximum: 1_440,
} satisfies Record<Quality, number>;

const RATIOS = {
  '16:9': [16, 9],
  '9:16': [9, 16],
  '1:1': [1, 1],
  '4:5': [4, 5],
} satisfies Record<Aspect, [number, number]>;

function sizeOf(aspect: Aspect, shortSidePx: number): Pick<RenderSpec, 'widthPx' | 'heightPx'> {
  const [width, height] = RATIOS[aspect];
  const unitPx = shortSidePx / Math.min(width, height);
  return { widthPx: width * unitPx, heightPx: height * unitPx };
}

function rateNamed(rate: number | string): Pick<RenderSpec, 'fps' | 'rate'> {
  const fraction = FRACTIONAL_RATES[String(rate)];
  if (!fraction) return { fps: Number(rate) };
  return { fps: Math.round(fraction.numerator / fraction.denominator), rate: fraction };
}

/** Undefined where nothing is asked for that differs from what is made anyway. */
function encodingWish(
  output: OutputRequest,
  film: { quality: Quality; targetDurationMs: number },
): Encoding | undefined {
  const { codec, container, crf, twoPass, bitDepth, hdr10, hls, preview } = output;
  const fitted = crf || output.bitRateKbps ? 0 : fittingKbps(output, film);
  // A size that must hold is worth a second look.
  const looks = twoPass ?? (fitted > 0 && output.hardware !== 'nvidia' ? true : undefined);
  const wish: Encoding = {
    codec: codec ?? (hdr10 ? 'hevc' : ''),
    container: container ?? '',
    crf: crf ?? 0,
    bitrateKbps: output.bitRateKbps ?? fitted,
    bitDepth: bitDepth ?? 0,
    hdr: hdr10 ? 'hdr10' : '',
    hls: hls ?? false,
    audioOnly: isSoundAlone(output),
    preview: preview ?? '',
    ...(typeof looks === 'boolean' ? { twoPass: looks } : {}),
  };
  return Object.values(wish).some((value) => value !== '' && value !== 0 && value !== false) ||
    'twoPass' in wish
    ? wish
    : undefined;
}

const SOUND_KBPS = 200;
/** A film may be spoken a little longer than it was planned. */
const CERTAIN_SHARE = 0.85;
/** A platform whose limit leaves more than this for a film is no reason to give up constant quality. */
const ENOUGH_KBPS = 6_000;
const LEAST_KBPS = 150;

/** The mean bit rate with which a film stays below the size that its platform takes; 0 where there is room enough. */
function fittingKbps(
  output: OutputRequest,
  { quality, targetDurationMs }: { quality: Quality; targetDurationMs: number },
): number {
  const maxBytes = platformOf(output.platform ?? undefined)?.maxBytes;
  const codec = encodingOf({ quality, encoding: undefined }).codec;
  if (maxBytes === undefined || !hasBitRate(output.codec ?? codec)) return 0;
  const kbps = Math.floor((maxBytes * 8 * CERTAIN_SHARE) / targetDurationMs) - SOUND_KBPS;
  return kbps >= ENOUGH_KBPS ? 0 : Math.max(LEAST_KBPS, kbps);
}

function hasBitRate(codec: CodecName): boolean {
  return codec !== 'prores' && CODECS[codec].containers.length > 0;
}

import type { FrameRate } from '../gen/aura/v1/media.js';
import type { RenderSpec } from '../gen/aura/v1/video.js';

export const QUALITIES = ['draft', 'standard', 'premium', 'maximum'] as const;
export type Quality = (typeof QUALITIES)[number];

/** Other names of the qualities. */
export const QUALITY_ALIASES = {
  low: 'draft',
  fast: 'draft',
  balanced: 'standard',
  medium: 'standard',
  high: 'premium',
  best: 'maximum',
} as const satisfies Record<string, Quality>;

export type SoundCodec = 'aac' | 'opus' | 'mp3' | 'pcm';

interface Codec {
  title: string;
  /** FFmpeg's encoder. */
  encoder: string;
  /** The first is made where none is asked for. */
  containers: readonly Container[];
  /** Bounds of constant quality, less is better; absent where there is no such thing. */
  crf?: readonly [number, number];
  /** Constant quality by the quality of the order. */
  crfOf?: Record<Quality, number>;
  bitDepths: readonly number[];
  twoPass: boolean;
  hls: boolean;
  hdr: boolean;
}

export const CODECS = {
  h264: {
    title: 'H.264',
    encoder: 'libx264',
    containers: ['mp4', 'mov', 'mkv'],
    crf: [1, 51],
    crfOf: { draft: 26, standard: 21, premium: 19, maximum: 17 },
    bitDepths: [8],
    twoPass: true,
    hls: true,
    hdr: false,
  },
  hevc: {
    title: 'H.265',
    encoder: 'libx265',
    containers: ['mp4', 'mov', 'mkv'],
    crf: [1, 51],
    crfOf: { draft: 25, standard: 24, premium: 19, maximum: 17 },
    bitDepths: [8, 10],
    twoPass: true,
    hls: true,
    hdr: true,
  },
  av1: {
    title: 'AV1',
    encoder: 'libsvtav1',
    containers: ['mp4', 'webm', 'mkv'],
    crf: [1, 63],
    crfOf: { draft: 42, standard: 38, premium: 30, maximum: 26 },
    bitDepths: [8, 10],
    twoPass: false,
    hls: false,
    hdr: true,
  },
  vp9: {
    title: 'VP9',
    encoder: 'libvpx-vp9',
    containers: ['webm', 'mkv', 'mp4'],
    crf: [1, 63],
    crfOf: { draft: 32, standard: 32, premium: 22, maximum: 18 },
    bitDepths: [8, 10],
    twoPass: true,
    hls: false,
    hdr: false,
  },
  prores: {
    title: 'ProRes',
    encoder: 'prores_ks',
    containers: ['mov'],
    bitDepths: [10],
    twoPass: false,
    hls: false,
    hdr: false,
  },
} as const satisfies Record<string, Codec>;

export type CodecName = keyof typeof CODECS;
export const CODEC_NAMES = Object.keys(CODECS) as [CodecName, ...CodecName[]];

export const CONTAINERS = {
  mp4: { mediaType: 'video/mp4', sound: 'aac', codec: 'h264' },
  webm: { mediaType: 'video/webm', sound: 'opus', codec: 'vp9' },
  mkv: { mediaType: 'video/x-matroska', sound: 'opus', codec: 'h264' },
  mov: { mediaType: 'video/quicktime', sound: 'aac', codec: 'h264' },
  m4a: { mediaType: 'audio/mp4', sound: 'aac', codec: '' },
  mp3: { mediaType: 'audio/mpeg', sound: 'mp3', codec: '' },
} as const satisfies Record<string, { mediaType: string; sound: SoundCodec; codec: string }>;

export type Container = keyof typeof CONTAINERS;
export const CONTAINER_NAMES = Object.keys(CONTAINERS) as [Container, ...Container[]];

export function isSoundContainer(container: string): container is 'm4a' | 'mp3' {
  return container === 'm4a' || container === 'mp3';
}

/** An order's encoding with nothing left open. */
export interface FilmEncoding {
  codec: CodecName;
  container: Container;
  sound: SoundCodec;
  quality: Quality;
  /** Constant quality; 0 where a bit rate is asked for, or the codec has none. */
  crf: number;
  /** 0 where it follows from the quality. */
  bitrateKbps: number;
  twoPass: boolean;
  bitDepth: number;
  hdr: boolean;
  hls: boolean;
  audioOnly: boolean;
  /** gif, webp or empty. */
  preview: string;
}

/** Premium and maximum look twice. */
const LOOKS_TWICE = new Set<Quality>(['premium', 'maximum']);

/** What an order is encoded as. Total: what nobody knows becomes the default, what contradicts it is left out. */
export function encodingOf({
  quality,
  encoding,
}: Pick<RenderSpec, 'quality' | 'encoding'>): FilmEncoding {
  const wish: Partial<NonNullable<RenderSpec['encoding']>> = encoding ?? {};
  const level = QUALITIES.find((name) => name === quality) ?? 'standard';
  const codec = codecOf(wish.codec, wish.container);
  const entry: Codec = CODECS[codec];
  const container = wish.audioOnly
    ? soundContainer(wish.container)
    : (entry.containers.find((name) => name === wish.container) ?? entry.containers[0] ?? 'mp4');
  const hdr = entry.hdr && wish.hdr === 'hdr10';
  const bitrateKbps = entry.crf ? (wish.bitrateKbps ?? 0) : 0;
  return {
    codec,
    container,
    sound: codec === 'prores' && !wish.audioOnly ? 'pcm' : CONTAINERS[container].sound,
    quality: level,
    crf: bitrateKbps > 0 ? 0 : ((wish.crf || entry.crfOf?.[level]) ?? 0),
    bitrateKbps,
    twoPass: entry.twoPass && (wish.twoPass ?? LOOKS_TWICE.has(level)),
    bitDepth: hdr
      ? 10
      : (entry.bitDepths.find((bits) => bits === wish.bitDepth) ?? entry.bitDepths[0] ?? 8),
    hdr,
    hls: entry.hls && wish.hls === true,
    audioOnly: wish.audioOnly === true,
    preview: wish.preview ?? '',
  };
}

function codecOf(codec: string | undefined, container: string | undefined): CodecName {
  const asked = CODEC_NAMES.find((name) => name === codec);
  if (asked) return asked;
  const usual = CONTAINERS[container as Container]?.codec;
  return CODEC_NAMES.find((name) => name === usual) ?? 'h264';
}

function soundContainer(container: string | undefined): 'm4a' | 'mp3' {
  return container === 'mp3' ? 'mp3' : 'm4a';
}

const SOUND_ENCODERS = {
  aac: 'aac',
  opus: 'libopus',
  mp3: 'libmp3lame',
  pcm: 'pcm_s24le',
} as const;
const PREVIEW_ENCODERS: Record<string, string> = { gif: 'gif', webp: 'libwebp_anim' };

/** FFmpeg's encoders that an order needs. */
export function encodersFor(render: Pick<RenderSpec, 'quality' | 'encoding'>): string[] {
  const { codec, sound, audioOnly, preview } = encodingOf(render);
  const moving = PREVIEW_ENCODERS[preview];
  return [
    ...(audioOnly ? [] : [CODECS[codec].encoder]),
    SOUND_ENCODERS[sound],
    ...(moving === undefined ? [] : [moving]),
  ];
}

/** All of them. */
export const KNOWN_ENCODERS: readonly string[] = [
  ...Object.values(CODECS).map(({ encoder }) => encoder),
  ...Object.values(SOUND_ENCODERS),
  ...Object.values(PREVIEW_ENCODERS),
];

/**
 * How much longer an order takes to encode than H.264 of standard quality at the same size, roughly: for time
 * limits, never for promises. Measured per preset in docs/presets.md.
 */
export function encodingEffort(render: Pick<RenderSpec, 'quality' | 'encoding'>): number {
  const { codec, quality, twoPass } = encodingOf(render);
  return EFFORT[codec][quality] * (twoPass ? 2 : 1);
}

const EFFORT: Record<CodecName, Record<Quality, number>> = {
  h264: { draft: 1, standard: 1, premium: 2, maximum: 6 },
  hevc: { draft: 2, standard: 4, premium: 10, maximum: 25 },
  av1: { draft: 2, standard: 4, premium: 8, maximum: 20 },
  vp9: { draft: 2, standard: 6, premium: 10, maximum: 20 },
  prores: { draft: 1, standard: 1, premium: 1, maximum: 1 },
};

/** Rates that people name by their decimals. */
export const FRACTIONAL_RATES: Record<string, FrameRate> = {
  '23.976': { numerator: 24_000, denominator: 1_001 },
  '29.97': { numerator: 30_000, denominator: 1_001 },
  '59.94': { numerator: 60_000, denominator: 1_001 },
};

/** Pictures a second of an order, as a fraction. */
export function rateOf({ fps, rate }: Pick<RenderSpec, 'fps' | 'rate'>): FrameRate {
  return rate ?? { numerator: fps, denominator: 1 };
}

/** Shares of the frame, per edge, that a platform lays its own controls and texts over. */
export interface SafeArea {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** What a platform takes, and what is made for it where the order says nothing else. */
export interface Platform {
  title: string;
  /** The first is made where none is asked for; others are refused. */
  aspects: readonly [Aspect, ...Aspect[]];
  /** Short side in pixels; that of the quality where absent. */
  shortSidePx?: number;
  maxFps: number;
  /** Longer films are refused by the platform. */
  maxDurationMs: number;
  minDurationMs: number;
  /** Larger files are refused by the platform. */
  maxBytes?: number;
  loudnessLufs: number;
  codecs: readonly string[];
  containers: readonly string[];
  audioOnly?: true;
  safeArea: SafeArea;
}

export type Aspect = '16:9' | '9:16' | '1:1' | '4:5';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const EDGES: SafeArea = { top: 0.05, right: 0.05, bottom: 0.08, left: 0.05 };
const WEB = { codecs: ['h264', 'hevc', 'av1', 'vp9', 'prores'] } as const;
const PHONE = { codecs: ['h264', 'hevc'], containers: ['mp4', 'mov'] } as const;
const TALL = { aspects: ['9:16'], maxFps: 60 } as const;

/**
 * Platforms by the names in `RenderSpec.platform`. What they publish of their limits changes: this is the one
 * place to follow it, and docs/platforms.md shows it as a table.
 */
export const PLATFORMS = {
  youtube: {
    title: 'YouTube',
    aspects: ['16:9', '9:16', '1:1', '4:5'],
    maxFps: 60,
    maxDurationMs: 12 * HOUR,
    minDurationMs: SECOND,
    loudnessLufs: -14,
    ...WEB,
    containers: ['mp4', 'webm', 'mov', 'mkv'],
    safeArea: { ...EDGES, bottom: 0.1 },
  },
  shorts: {
    title: 'YouTube Shorts',
    ...TALL,
    maxDurationMs: 3 * MINUTE,
    minDurationMs: SECOND,
    loudnessLufs: -14,
    ...WEB,
    containers: ['mp4', 'webm', 'mov'],
    safeArea: { top: 0.12, right: 0.12, bottom: 0.26, left: 0.06 },
  },
  tiktok: {
    title: 'TikTok',
    ...TALL,
    maxDurationMs: 10 * MINUTE,
    minDurationMs: 3 * SECOND,
    maxBytes: 287_000_000,
    loudnessLufs: -14,
    codecs: ['h264', 'hevc', 'vp9'],
    containers: ['mp4', 'mov', 'webm'],
    safeArea: { top: 0.08, right: 0.13, bottom: 0.24, left: 0.06 },
  },
  reels: {
    title: 'Instagram Reels',
    ...TALL,
    maxDurationMs: 3 * MINUTE,
    minDurationMs: 3 * SECOND,
    maxBytes: 300_000_000,
    loudnessLufs: -14,
    ...PHONE,
    safeArea: { top: 0.14, right: 0.11, bottom: 0.35, left: 0.06 },
  },
  'instagram-feed': {
    title: 'Instagram feed',
    aspects: ['4:5', '1:1', '16:9'],
    maxFps: 60,
    maxDurationMs: 3 * MINUTE,
    minDurationMs: 3 * SECOND,
    maxBytes: 300_000_000,
    loudnessLufs: -14,
    ...PHONE,
    safeArea: EDGES,
  },
  x: {
    title: 'X',
    aspects: ['16:9', '1:1', '9:16', '4:5'],
    maxFps: 60,
    maxDurationMs: 140 * SECOND,
    minDurationMs: SECOND / 2,
    maxBytes: 512_000_000,
    loudnessLufs: -14,
    codecs: ['h264'],
    containers: ['mp4', 'mov'],
    safeArea: EDGES,
  },
  linkedin: {
    title: 'LinkedIn',
    aspects: ['16:9', '1:1', '4:5', '9:16'],
    maxFps: 60,
    maxDurationMs: 10 * MINUTE,
    minDurationMs: 3 * SECOND,
    maxBytes: 5_000_000_000,
    loudnessLufs: -14,
    codecs: ['h264', 'vp9'],
    containers: ['mp4', 'webm', 'mkv'],
    safeArea: EDGES,
  },
  vimeo: {
    title: 'Vimeo',
    aspects: ['16:9', '9:16', '1:1', '4:5'],
    maxFps: 60,
    maxDurationMs: 12 * HOUR,
    minDurationMs: SECOND,
    loudnessLufs: -14,
    codecs: ['h264', 'hevc', 'prores'],
    containers: ['mp4', 'mov'],
    safeArea: EDGES,
  },
  whatsapp: {
    title: 'WhatsApp',
    aspects: ['16:9', '9:16', '1:1', '4:5'],
    shortSidePx: 720,
    maxFps: 30,
    maxDurationMs: 3 * MINUTE,
    minDurationMs: SECOND,
    maxBytes: 16_000_000,
    loudnessLufs: -14,
    codecs: ['h264'],
    containers: ['mp4'],
    safeArea: EDGES,
  },
  podcast: {
    title: 'Podcast',
    aspects: ['1:1', '16:9', '9:16', '4:5'],
    maxFps: 60,
    maxDurationMs: 12 * HOUR,
    minDurationMs: SECOND,
    loudnessLufs: -16,
    codecs: [],
    containers: ['m4a', 'mp3'],
    audioOnly: true,
    safeArea: EDGES,
  },
} as const satisfies Record<string, Platform>;

export type PlatformName = keyof typeof PLATFORMS;
export const PLATFORM_NAMES = Object.keys(PLATFORMS) as [PlatformName, ...PlatformName[]];

/** The platform that an order names; undefined for none, and for one that nobody knows any more. */
export function platformOf(name: string | undefined): Platform | undefined {
  return name !== undefined && Object.hasOwn(PLATFORMS, name)
    ? PLATFORMS[name as PlatformName]
    : undefined;
}

import { Failure } from '@aura/failure';
import { runFfmpeg } from './run-ffmpeg.js';
import type { RunOptions } from './run-program.js';

/** What ffprobe says of a file. Missing members were not in its answer. */
export interface MediaInfo {
  format: { durationS?: number; tags: Record<string, string> };
  streams: MediaStream[];
}

export interface MediaStream {
  type: string;
  codec?: string;
  profile?: string;
  widthPx?: number;
  heightPx?: number;
  pixelFormat?: string;
  colorRange?: string;
  colorSpace?: string;
  colorTransfer?: string;
  colorPrimaries?: string;
  sampleAspectRatio?: string;
  /** Frames a second as a fraction, "30/1". */
  frameRate?: string;
  sampleRateHz?: number;
  channels?: number;
  timeBase?: string;
  startS?: number;
  durationS?: number;
  /** Only where packets were counted. */
  packets?: number;
  /** Names what the decoder is set up with: of the same run, the same is alike. */
  setupHash?: string;
  language?: string;
}

export interface ProbeRequest extends Pick<RunOptions, 'signal' | 'cwd'> {
  /** A name that we made, relative to `cwd`. */
  file: string;
  /** The demuxer that must read it, for example "mov": content does not choose (X9). */
  demuxer: string;
  codecs: readonly string[];
  countPackets?: boolean;
}

/**
 * Reads a media file's description.
 * Errors: those of `runFfmpeg`; a file that ffprobe refuses is FFmpegFailedExitCode.
 */
export async function probe(ffprobe: string, request: ProbeRequest): Promise<MediaInfo> {
  const { signal, cwd } = request;
  const { stdout } = await runFfmpeg(ffprobe, probeArgs(request), { signal, cwd });
  try {
    return mediaInfoOf(JSON.parse(stdout));
  } catch (cause) {
    throw new Failure('FFmpegFailedExitCode:0', 'ffprobe gave no answer.', { cause });
  }
}

export function probeArgs({ file, demuxer, codecs, countPackets }: ProbeRequest): string[] {
  return [
    ['-v', 'error', '-of', 'json', '-show_format', '-show_streams'],
    ['-show_data_hash', 'sha256'],
    countPackets ? ['-count_packets'] : [],
    inputGuards(demuxer, codecs),
    `file:${file}`,
  ].flat();
}

/** Options before an input that let it be what we expect and nothing else (X7, X9). */
export function inputGuards(demuxer: string, codecs: readonly string[]): string[] {
  return [
    ['-f', demuxer, '-format_whitelist', demuxer],
    ['-protocol_whitelist', 'file', '-codec_whitelist', codecs.join(',')],
  ].flat();
}

type Json = Record<string, unknown>;

export function mediaInfoOf(json: unknown): MediaInfo {
  const { format = {}, streams = [] } = json as { format?: Json; streams?: Json[] };
  return {
    format: { durationS: numberOf(format['duration']), tags: tagsOf(format) },
    streams: streams.map(streamOf),
  };
}

function streamOf(stream: Json): MediaStream {
  return {
    type: textOf(stream['codec_type']) ?? 'unknown',
    codec: textOf(stream['codec_name']),
    profile: textOf(stream['profile']),
    widthPx: numberOf(stream['width']),
    heightPx: numberOf(stream['height']),
    pixelFormat: textOf(stream['pix_fmt']),
    colorRange: textOf(stream['color_range']),
    colorSpace: textOf(stream['color_space']),
    colorTransfer: textOf(stream['color_transfer']),
    colorPrimaries: textOf(stream['color_primaries']),
    sampleAspectRatio: textOf(stream['sample_aspect_ratio']),
    frameRate: textOf(stream['r_frame_rate']),
    sampleRateHz: numberOf(stream['sample_rate']),
    channels: numberOf(stream['channels']),
    timeBase: textOf(stream['time_base']),
    startS: numberOf(stream['start_time']),
    durationS: numberOf(stream['duration']),
    packets: numberOf(stream['nb_read_packets']),
    setupHash: textOf(stream['extradata_hash']),
    language: tagsOf(stream)['language'],
  };
}

function tagsOf(of: Json): Record<string, string> {
  return (of['tags'] as Record<string, string> | undefined) ?? {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

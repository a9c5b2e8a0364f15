import {
  CODEC_NAMES,
  CODECS,
  CONTAINERS,
  FRACTIONAL_RATES,
  isSoundContainer,
  platformOf,
  type CodecName,
  type Platform,
} from '@aura/proto';
import type { OutputRequest } from './output-request.js';
import { isSoundAlone } from './output-spec.js';

/** A member of an output and what would fit instead. */
export interface OutputProblem {
  member: string;
  message: string;
}

type Film = OutputRequest & { durationMs?: number | undefined };

/** What of an output does not go together, each with what would. Pure; empty where all is well. */
export function outputProblems(film: Film): OutputProblem[] {
  const problems: OutputProblem[] = [];
  const refuse = (member: string, message: string) => problems.push({ member, message });
  if (isSoundAlone(film)) refuseForSound(film, refuse);
  else refuseForPictures(film, refuse);
  const platform = platformOf(film.platform ?? undefined);
  if (platform) refuseForPlatform(film, platform, refuse);
  return problems;
}

type Refuse = (member: string, message: string) => void;

const OF_PICTURES = [
  'codec',
  'crf',
  'bitRateKbps',
  'twoPass',
  'bitDepth',
  'hdr10',
  'hls',
  'preview',
  'hardware',
] as const;

function refuseForSound(film: Film, refuse: Refuse): void {
  for (const member of OF_PICTURES) {
    if (film[member]) refuse(member, 'must be absent where there is sound alone');
  }
  if (film.container && !isSoundContainer(film.container)) {
    refuse('container', 'must be m4a or mp3 where there is sound alone');
  }
  if (film.audioOnly === false) refuse('audioOnly', 'must be true, or absent, for sound alone');
}

function refuseForPictures(film: Film, refuse: Refuse): void {
  const codec = codecIn(film);
  const entry = CODECS[codec];
  const containers: readonly string[] = entry.containers;
  if (film.container && !containers.includes(film.container)) {
    const alternatives = codecsThat((name) =>
      (CODECS[name].containers as readonly string[]).includes(film.container ?? ''),
    );
    refuse(
      'container',
      `must be ${anyOf(containers)} for ${codec}; ${film.container} holds ${alternatives}`,
    );
  }
  const bounds = 'crf' in entry ? entry.crf : undefined;
  if (film.crf && !bounds)
    refuse('crf', `must be absent for ${codec}: its size follows from the quality`);
  if (film.crf && bounds && film.crf > bounds[1]) {
    refuse('crf', `must be at most ${bounds[1]} for ${codec}`);
  }
  if (film.bitRateKbps && film.crf) refuse('bitRateKbps', 'must not stand beside crf');
  if (film.bitRateKbps && !bounds) {
    refuse('bitRateKbps', `must be absent for ${codec}: its size follows from the quality`);
  }
  if (film.twoPass && !entry.twoPass) {
    refuse(
      'twoPass',
      `must be false for ${codec}; ${codecsThat((name) => CODECS[name].twoPass)} take it`,
    );
  }
  const bits: readonly number[] = entry.bitDepths;
  if (film.bitDepth && !bits.includes(film.bitDepth)) {
    const fitting = codecsThat((name) =>
      (CODECS[name].bitDepths as readonly number[]).includes(film.bitDepth ?? 8),
    );
    refuse(
      'bitDepth',
      `must be ${anyOf(bits.map(String))} for ${codec}; ${film.bitDepth} fits ${fitting}`,
    );
  }
  if (film.hdr10 && !entry.hdr)
    refuse(
      'hdr10',
      `must be false for ${codec}; ${codecsThat((name) => CODECS[name].hdr)} take it`,
    );
  if (film.hdr10 && film.bitDepth === 8) refuse('bitDepth', 'must be 10, or absent, for hdr10');
  refuseLadder(film, codec, refuse);
  refuseHardware(film, codec, refuse);
}

/** What NVIDIA’s encoders are asked for; the others do all of it on processors. */
function refuseHardware(film: Film, codec: CodecName, refuse: Refuse): void {
  if (film.hardware !== 'nvidia') return;
  if (codec !== 'h264' && codec !== 'hevc') {
    refuse('hardware', `must be auto or none for ${codec}; h264 and hevc take nvidia`);
  }
  for (const member of ['twoPass', 'hdr10'] as const) {
    if (film[member]) refuse(member, 'must be false for nvidia');
  }
  if (film.bitDepth === 10) refuse('bitDepth', 'must be 8, or absent, for nvidia');
}

function codecsThat(fit: (name: CodecName) => boolean): string {
  return anyOf(CODEC_NAMES.filter(fit));
}

function refuseLadder(film: Film, codec: CodecName, refuse: Refuse): void {
  if (!film.hls) return;
  if (!CODECS[codec].hls) {
    refuse(
      'hls',
      `must be false for ${codec}; ${anyOf(CODEC_NAMES.filter((name) => CODECS[name].hls))} take it`,
    );
  }
  if (film.hdr10) refuse('hls', 'must be false for hdr10');
  if (film.container === 'mkv') refuse('hls', 'must be false for mkv; mp4 or mov take it');
}

function refuseForPlatform(film: Film, platform: Platform, refuse: Refuse): void {
  const { title, aspects, codecs, containers, maxFps, maxDurationMs } = platform;
  const takes = (values: readonly string[]) => `must be ${anyOf(values)} for ${title}`;
  if (platform.audioOnly) {
    if (film.audioOnly === false) refuse('platform', `${title} takes sound alone`);
  } else if (isSoundAlone(film)) {
    refuse('platform', `must be podcast, or absent, for sound alone: ${title} takes films`);
  } else {
    const codec = codecIn(film);
    if (!codecs.includes(codec)) refuse('codec', takes(codecs));
    if (film.container && !containers.includes(film.container))
      refuse('container', takes(containers));
  }
  if (film.aspect && !aspects.includes(film.aspect)) refuse('aspect', takes(aspects));
  const fraction = FRACTIONAL_RATES[String(film.frameRate)];
  const fps = fraction ? fraction.numerator / fraction.denominator : Number(film.frameRate ?? 0);
  if (fps > maxFps) refuse('frameRate', `must be at most ${maxFps} for ${title}`);
  if ((film.durationMs ?? 0) > maxDurationMs) {
    refuse(
      'platform',
      `takes films of at most ${minutesOf(maxDurationMs)} minutes (${title}): shorten durationMinutes`,
    );
  }
}

/** That of the order; HDR10 and the container tell where it names none. */
function codecIn({ codec, container, hdr10 }: Film): CodecName {
  if (codec) return codec;
  if (hdr10) return 'hevc';
  const usual = container ? CONTAINERS[container].codec : '';
  return CODEC_NAMES.find((name) => name === usual) ?? 'h264';
}

function minutesOf(ms: number): number {
  return Math.round((ms / 60_000) * 100) / 100;
}

function anyOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${last}` : last;
}

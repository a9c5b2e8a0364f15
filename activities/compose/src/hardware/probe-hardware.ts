import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RenderSpec } from '@aura/proto';
import { runFfmpeg } from '@aura/media';
import {
  HARDWARE_FAMILIES,
  hardwareArgs,
  hardwareFilters,
  type HardwareDevice,
  type HardwareFamily,
} from './hardware-encoder.js';
import { troubleOf } from './hardware-trouble.js';

export interface HardwareRequest {
  ffmpegPath: string;
  /** All of them, one alone, or none. */
  wanted: HardwareFamily | 'auto' | 'none';
  device?: string | undefined;
  /** How long each attempt may take. */
  timeoutMs?: number;
}

export interface HardwareFound {
  /** What works; undefined where nothing does. */
  device: HardwareDevice | undefined;
  /** What does not, and why, by family: for operators. */
  reasons: Partial<Record<HardwareFamily, string>>;
}

const TIMEOUT_MS = 15_000;
/** Larger than the least that any family takes. */
const TRIAL: RenderSpec = {
  widthPx: 320,
  heightPx: 180,
  fps: 25,
  aspect: '16:9',
  quality: 'draft',
};

/**
 * Finds the first hardware that encodes, by having it encode one picture: that an encoder is listed says only that
 * FFmpeg was built with it. Never throws; what is wrong with each family is in the reasons.
 */
export async function probeHardware(request: HardwareRequest): Promise<HardwareFound> {
  const { ffmpegPath, wanted, device, timeoutMs = TIMEOUT_MS } = request;
  const reasons: HardwareFound['reasons'] = {};
  if (wanted === 'none') return { device: undefined, reasons };
  const families = wanted === 'auto' ? HARDWARE_FAMILIES : [wanted];
  const listed = await listedEncoders(ffmpegPath, timeoutMs).catch((error: unknown) => {
    for (const family of families) reasons[family] = `FFmpeg: ${troubleOf(error).words}`;
    return undefined;
  });
  if (!listed) return { device: undefined, reasons };
  for (const family of families) {
    if (!listed.has(`h264_${family}`)) {
      reasons[family] = 'this FFmpeg is built without it';
      continue;
    }
    const candidate = { family, device };
    const trouble = await tryOut(ffmpegPath, candidate, timeoutMs);
    if (trouble === undefined) return { device: candidate, reasons };
    reasons[family] = trouble;
  }
  return { device: undefined, reasons };
}

async function listedEncoders(ffmpegPath: string, timeoutMs: number): Promise<Set<string>> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { stdout } = await runFfmpeg(ffmpegPath, ['-hide_banner', '-encoders'], { signal });
  return new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1] ?? ''));
}

async function tryOut(
  ffmpegPath: string,
  device: HardwareDevice,
  timeoutMs: number,
): Promise<string | undefined> {
  let cwd: string | undefined;
  const filters = ['format=yuv420p', ...hardwareFilters(device)].join(',');
  const args = [
    ['-nostdin', '-hide_banner', '-v', 'error', '-xerror'],
    ['-f', 'lavfi', '-i', `color=gray:s=${TRIAL.widthPx}x${TRIAL.heightPx}:r=${TRIAL.fps}`],
    ['-vf', filters, '-frames:v', '1', ...hardwareArgs(device, TRIAL), 'file:one.mp4'],
  ].flat();
  try {
    cwd = await mkdtemp(path.join(tmpdir(), 'aura-hardware-'));
    const signal = AbortSignal.timeout(timeoutMs);
    await runFfmpeg(ffmpegPath, args, { cwd, signal, mapsDevices: true });
    return undefined;
  } catch (error) {
    return troubleOf(error).words;
  } finally {
    if (cwd !== undefined) await rm(cwd, { recursive: true, force: true });
  }
}

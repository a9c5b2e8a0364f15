import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Check } from '@aura/proto';
import { Failure } from '@aura/failure';
import { runFfmpeg } from '@aura/media';
import { encoderArgs } from './segment/encoder-args.js';

export interface CheckRequest {
  ffmpegPath: string;
  ffprobePath: string;
}

const FILTERS = [
  ['perspective', 'overlay', 'fade', 'ass', 'loop', 'blackdetect', 'freezedetect'],
  ['silencedetect', 'ebur128', 'alimiter'],
].flat();
const ENCODERS = ['libx264', 'aac', 'mjpeg'];
const TIMEOUT_MS = 20_000;

/**
 * Whether this machine can compose: FFmpeg and ffprobe are run, asked for what films need, and made to
 * draw and encode three frames with a caption. Never throws; what is wrong is in the detail.
 */
export async function composeChecks({ ffmpegPath, ffprobePath }: CheckRequest): Promise<Check[]> {
  return [
    await checked('ffmpeg', () => checkFfmpeg(ffmpegPath)),
    await checked('ffprobe', () => versionOf(ffprobePath)),
  ];
}

async function checked(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, status: 'Healthy', detail: await work() };
  } catch (error) {
    return { name, status: 'Unhealthy', detail: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lastWords = error instanceof Failure ? error.details?.trim().split('\n').at(-1) : undefined;
  return lastWords ? `${error.message} ${lastWords}` : error.message;
}

async function checkFfmpeg(ffmpegPath: string): Promise<string> {
  const version = await versionOf(ffmpegPath);
  const missing = [
    ...(await missingIn(ffmpegPath, '-filters', FILTERS)),
    ...(await missingIn(ffmpegPath, '-encoders', ENCODERS)),
  ];
  if (missing.length > 0) throw new Error(`${version} has no ${missing.join(', ')}`);
  await tryOut(ffmpegPath);
  return version;
}

/** "ffmpeg 5.1.9" */
async function versionOf(program: string): Promise<string> {
  const { stdout } = await run(program, ['-version']);
  const [, name, version] = /^(\w+) version (\S+)/.exec(stdout) ?? [];
  if (!name) throw new Error('The program does not say its version.');
  return `${name} ${version}`;
}

/** Lists of FFmpeg are lines of flags, a name and a description. */
async function missingIn(ffmpegPath: string, list: string, wanted: string[]): Promise<string[]> {
  const { stdout } = await run(ffmpegPath, ['-hide_banner', list]);
  const listed = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1]));
  return wanted.filter((name) => !listed.has(name));
}

const CAPTION = `[Script Info]
PlayResX: 64
PlayResY: 64
[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Noto Sans,12
[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:00.00,0:00:01.00,Default,Aura
`;

/** Listed is not usable: a film of three frames shows what is. */
async function tryOut(ffmpegPath: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-check-'));
  try {
    await writeFile(path.join(folder, 'caption.ass'), CAPTION);
    const graph = 'perspective=eval=frame,ass=filename=caption.ass,format=yuv420p';
    const input = ['-f', 'lavfi', '-i', 'color=gray:s=64x64:r=25', '-vf', graph];
    const encoder = encoderArgs({ quality: 'draft', preset: 'ultrafast', fps: 25 });
    const output = ['-frames:v', '3', ...encoder, '-f', 'mp4', 'file:try.mp4'];
    await run(ffmpegPath, ['-nostdin', '-v', 'error', '-xerror', ...input, ...output], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], cwd?: string) {
  return runFfmpeg(program, args, { cwd, signal: AbortSignal.timeout(TIMEOUT_MS) });
}

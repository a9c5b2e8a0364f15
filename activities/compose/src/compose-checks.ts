import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ENCODERS_CHECK, KNOWN_ENCODERS, type Check } from '@aura/proto';
import { Failure } from '@aura/failure';
import { isTimeout, provenPrograms, runFfmpeg } from '@aura/media';
import { encoderArgs } from './segment/encoder-args.js';

export interface CheckRequest {
  ffmpegPath: string;
  ffprobePath: string;
  /** How long each run of a program may take. */
  timeoutMs?: number;
}

const FILTERS = [
  ['perspective', 'overlay', 'fade', 'ass', 'loop', 'blackdetect', 'freezedetect'],
  ['silencedetect', 'ebur128', 'alimiter'],
].flat();
const LATE = 'The program has not answered in time; the machine may be busy.';
const ENCODERS = ['libx264', 'aac', 'mjpeg'];
const TIMEOUT_MS = 20_000;

/** The programs that have shown in this process what they can. */
const proven = provenPrograms<string>();

/** What they can encode with, of what orders may ask for. */
const encodersOf = new Map<string, string[]>();

/**
 * Whether this machine can compose: FFmpeg and ffprobe are run, asked for what films need, and made to
 * draw and encode three frames with a caption; once that has worked, now and then for their version. Never throws;
 * what is wrong is in the detail. A program that is merely late is Degraded, or keeps what it had.
 */
export async function composeChecks({
  ffmpegPath,
  ffprobePath,
  timeoutMs = TIMEOUT_MS,
}: CheckRequest): Promise<Check[]> {
  const ffmpeg = { program: ffmpegPath, timeoutMs };
  const ffprobe = { program: ffprobePath, timeoutMs };
  const checks = [
    await checked('ffmpeg', ffmpeg, checkFfmpeg),
    await checked('ffprobe', ffprobe, versionOf),
  ];
  const encoders = encodersOf.get(ffmpegPath);
  if (encoders === undefined || checks[0]?.status !== 'Healthy') return checks;
  return [...checks, { name: ENCODERS_CHECK, status: 'Healthy', detail: encoders.join(' ') }];
}

interface Tool {
  program: string;
  /** How long each run of it may take. */
  timeoutMs: number;
}

async function checked(
  name: string,
  tool: Tool,
  look: (tool: Tool) => Promise<string>,
): Promise<Check> {
  try {
    const detail = await proven(tool.program, {
      prove: () => look(tool),
      recheck: () => versionOf(tool),
    });
    return { name, status: 'Healthy', detail };
  } catch (error) {
    if (isTimeout(error)) return { name, status: 'Degraded', detail: LATE };
    return { name, status: 'Unhealthy', detail: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lastWords = error instanceof Failure ? error.details?.trim().split('\n').at(-1) : undefined;
  return lastWords ? `${error.message} ${lastWords}` : error.message;
}

async function checkFfmpeg(ffmpeg: Tool): Promise<string> {
  const version = await versionOf(ffmpeg);
  const filters = await listOf(ffmpeg, '-filters');
  const encoders = await listOf(ffmpeg, '-encoders');
  const missing = [
    ...FILTERS.filter((name) => !filters.has(name)),
    ...ENCODERS.filter((name) => !encoders.has(name)),
  ];
  if (missing.length > 0) throw new Error(`${version} has no ${missing.join(', ')}`);
  await tryOut(ffmpeg);
  encodersOf.set(
    ffmpeg.program,
    KNOWN_ENCODERS.filter((name) => encoders.has(name)),
  );
  return version;
}

/** "ffmpeg 5.1.9" */
async function versionOf(tool: Tool): Promise<string> {
  const { stdout } = await run(tool, ['-version']);
  const [, name, version] = /^(\w+) version (\S+)/.exec(stdout) ?? [];
  if (!name) throw new Error('The program does not say its version.');
  return `${name} ${version}`;
}

/** Lists of FFmpeg are lines of flags, a name and a description. */
async function listOf(ffmpeg: Tool, list: string): Promise<Set<string | undefined>> {
  const { stdout } = await run(ffmpeg, ['-hide_banner', list]);
  return new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1]));
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
async function tryOut(ffmpeg: Tool): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-check-'));
  try {
    await writeFile(path.join(folder, 'caption.ass'), CAPTION);
    const graph = 'perspective=eval=frame,ass=filename=caption.ass,format=yuv420p';
    const input = ['-f', 'lavfi', '-i', 'color=gray:s=64x64:r=25', '-vf', graph];
    const encoder = encoderArgs({ quality: 'draft', preset: 'ultrafast', fps: 25 });
    const output = ['-frames:v', '3', ...encoder, 'file:try.mp4'];
    await run(ffmpeg, ['-nostdin', '-v', 'error', '-xerror', ...input, ...output], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run({ program, timeoutMs }: Tool, args: string[], cwd?: string) {
  return runFfmpeg(program, args, { cwd, signal: AbortSignal.timeout(timeoutMs) });
}

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeInPasses } from '@aura/compose';
import { runFfmpeg } from '@aura/media';
import { CODEC_NAMES, QUALITIES, type CodecName, type Quality, type RenderSpec } from '@aura/proto';
import { timed } from './cpu-seconds.js';
import type { Figures } from './film.js';
import { detailedStill } from './render/stills.js';

const SIZE = { widthPx: 1_280, heightPx: 720 };
const FPS = 30;
/** AURA_BENCH_SECONDS: length of the film; AURA_BENCH_CODECS: those to be measured, separated by commas. */
const seconds = Number(process.env['AURA_BENCH_SECONDS'] ?? '2');
const codecs = (process.env['AURA_BENCH_CODECS'] ?? CODEC_NAMES.join(',')).split(',');
const FRAMES = seconds * FPS;

/**
 * A detailed picture that moves, 720p30, encoded by every preset of every codec from its raw frames: CPU seconds
 * per second of film, bit rate, and how like the frames it is (SSIM over all planes).
 */
export async function presets(): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-bench-'));
  try {
    await rawFilm(folder);
    const figures: Figures = {};
    for (const codec of CODEC_NAMES.filter((name) => codecs.includes(name))) {
      for (const quality of QUALITIES) {
        const { cpuSeconds, kbps, ssim } = await measured(folder, codec, quality);
        figures[`${codec}.${quality}.cpuPerSecond`] = round(cpuSeconds / seconds);
        figures[`${codec}.${quality}.kbps`] = Math.round(kbps);
        figures[`${codec}.${quality}.ssim`] = ssim;
      }
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const RAW = 'film.yuv';
const RAW_INPUT = [
  ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${SIZE.widthPx}x${SIZE.heightPx}`],
  ['-r', String(FPS), '-i', RAW],
].flat();

/** The frame goes over the picture by two pixels and one a frame. */
async function rawFilm(folder: string): Promise<void> {
  const still = await detailedStill(folder, 0);
  const colour = 'out_color_matrix=bt709:out_range=tv';
  const way = `crop=${SIZE.widthPx}:${SIZE.heightPx}:2*n:n`;
  const graph = `scale=1600:900:flags=lanczos:${colour},format=yuv420p,loop=-1:1,${way}`;
  const args = ['-nostdin', '-v', 'error', '-i', still, '-vf', graph, '-frames:v', String(FRAMES)];
  await runFfmpeg('ffmpeg', [...args, '-f', 'rawvideo', RAW], { cwd: folder });
}

async function measured(folder: string, codec: CodecName, quality: Quality) {
  const wish = { codec, container: '', crf: 0, bitrateKbps: 0, bitDepth: 0, hdr: '' };
  const encoding = { ...wish, hls: false, audioOnly: false, preview: '' };
  const render: RenderSpec = { ...SIZE, fps: FPS, aspect: '16:9', quality, encoding };
  let cpuSeconds = 0;
  const output = `${codec}-${quality}.mp4`;
  const plan = { render, preset: 'veryfast', frames: FRAMES };
  await encodeInPasses(plan, { folder, output }, async (pass) => {
    const tags = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
    const args = ['-nostdin', '-v', 'error', '-y', ...RAW_INPUT, '-vf', tags, '-threads', '2'];
    const command = ['--chdir', folder, 'ffmpeg', ...args, ...pass.encoder, `file:${pass.output}`];
    cpuSeconds += (await timed('env', command)).cpuSeconds;
  });
  const { size } = await stat(path.join(folder, output));
  return { cpuSeconds, kbps: (size * 8) / seconds / 1_000, ssim: await ssimOf(folder, output) };
}

async function ssimOf(folder: string, file: string): Promise<number> {
  const graph = '[0:v]format=yuv420p[a];[1:v]format=yuv420p[b];[a][b]ssim';
  const inputs = ['-nostdin', '-hide_banner', '-i', file, ...RAW_INPUT];
  const { stderr } = await runFfmpeg('ffmpeg', [...inputs, '-lavfi', graph, '-f', 'null', '-'], {
    cwd: folder,
  });
  return Math.round(Number(/All:([\d.]+)/.exec(stderr)?.[1]) * 10_000) / 10_000;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

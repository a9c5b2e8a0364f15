import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createComposeActivities } from '@aura/compose';
import { runFfmpeg, runProgram } from '@aura/media';
import type { EncodeSegmentRequest, RenderSpec, Segment, Shot, SpokenWord } from '@aura/proto';
import type { LocalStore } from '@aura/storage';
import { cpuSecondsOf } from '../cpu-seconds.js';
import { detailedStill, STILL_SIZE } from './stills.js';

export const RENDER: RenderSpec = {
  widthPx: 1_920,
  heightPx: 1_080,
  fps: 30,
  aspect: '16:9',
  quality: 'standard',
};

const JOB = { videoId: 'bench', run: 1, tenantId: 'local', correlationId: 'bench' };
const LENGTHS_S = [7, 8, 8.5, 7.5, 8, 7, 8, 7.5];
const LEAD_MS = 300;
const TEXT =
  'A small light stood on the rock, and whoever came by sea could see it from far away, in every night and in every weather.';

/** Shots of a minute, with pictures, voices and times of words: all that rendering begins with. */
export async function shotsOf(store: LocalStore, folder: string): Promise<Shot[]> {
  const narration = await narrationOf(store, folder);
  const shots: Shot[] = [];
  for (const [index, seconds] of LENGTHS_S.entries()) {
    const image = await store.putFile(await detailedStill(folder, index), 'image/png');
    shots.push({
      sceneId: `s${String(index + 1).padStart(2, '0')}`,
      index,
      leadMs: LEAD_MS,
      frames: Math.round(seconds * RENDER.fps),
      picture: { image, ...STILL_SIZE, provider: 'bench', unitKey: '', warnings: [] },
      narration,
    });
  }
  return shots;
}

async function narrationOf(store: LocalStore, folder: string): Promise<Shot['narration']> {
  const [voice, wav] = [path.join(folder, 'voice.wav'), path.join(folder, 'narration.wav')];
  await runProgram('flite', ['-voice', 'slt', '-t', TEXT, '-o', voice]);
  const format = ['-ar', '48000', '-ac', '1', '-c:a', 'pcm_s16le', '-bitexact', wav];
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', voice, ...format]);
  const durationMs = Math.round(((await readFile(wav)).length - 44) / 96);
  const texts = TEXT.split(' ');
  const eachMs = durationMs / texts.length;
  const words: SpokenWord[] = texts.map((text, at) => ({
    text,
    startMs: at * eachMs,
    endMs: (at + 1) * eachMs,
    sentence: 0,
  }));
  return {
    audio: await store.putFile(wav, 'audio/wav'),
    timings: await store.putBytes(
      JSON.stringify({ source: 'measured', words }),
      'application/json',
    ),
    durationMs,
    provider: 'bench',
    voice: 'slt',
    unitKey: '',
    warnings: [],
  };
}

export interface Rendering {
  segmentsCpuS: number;
  filmCpuS: number;
  wallS: number;
  file: string;
}

export interface RenderRequest {
  folder: string;
  shots: readonly Shot[];
  preset: string;
  renderer: 'compositor' | 'ffmpeg';
}

/** From narration and stills to the published film, two segments at a time with a thread each. */
export async function renderFilm(
  store: LocalStore,
  { shots, preset, renderer }: RenderRequest,
): Promise<Rendering> {
  const activities = createComposeActivities({
    store,
    ffmpegPath: 'ffmpeg',
    ffprobePath: 'ffprobe',
    encoderPreset: preset,
    threads: 1,
    renderer,
  });
  const base = { job: JOB, render: RENDER, language: 'en-US' };
  const requests: EncodeSegmentRequest[] = shots.map((shot, index) => {
    const previous = shots[index - 1];
    return { ...base, shot, ...(previous ? { previous } : {}) };
  });
  const startedMs = Date.now();
  const before = await cpuSecondsOf(process.pid);
  const segments = await twoAtATime(requests, (request) => activities.encodeSegment(request));
  const between = await cpuSecondsOf(process.pid);
  const film = await activities.assembleFilm({
    ...base,
    title: 'Bench',
    shots: [...shots],
    segments,
  });
  const after = await cpuSecondsOf(process.pid);
  return {
    segmentsCpuS: between - before,
    filmCpuS: after - between,
    wallS: (Date.now() - startedMs) / 1_000,
    file: await store.localPath(film.video),
  };
}

async function twoAtATime(
  requests: readonly EncodeSegmentRequest[],
  encode: (request: EncodeSegmentRequest) => Promise<Segment>,
): Promise<Segment[]> {
  const segments: Segment[] = [];
  const waiting = [...requests.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      segments[next[0]] = await encode(next[1]);
    }
  };
  await Promise.all([worker(), worker()]);
  return segments;
}

import autocannon from 'autocannon';
import {
  downloadFilm,
  filmFacts,
  generate,
  historyOf,
  smallFilm,
  startStack,
  untilSucceeded,
  type Stack,
} from '@aura/tests';
import { cpuSecondsOf, timed } from './cpu-seconds.js';
import { orchestrationMs } from './orchestration.js';

const FILM_SECONDS = 60;
const BRIEF = 'The lighthouse';
const PRESET = 'veryfast';
const CLIENTS = 10;
const ACCEPT_SECONDS = 10;

export type Figures = Record<string, number>;

/** Figures, and words where there is none. */
export type Rows = Record<string, number | string>;

/**
 * One film of 60 s at 1080p30 against the bare price of encoding its finished frames, what orchestration
 * adds on the critical path, and how many jobs a second are accepted. All of it in one run, side by side.
 */
export async function film(): Promise<Figures> {
  const stack = await startStack({
    env: {
      AURA_ENCODER_PRESET: PRESET,
      AURA_CHECKPOINT_URL: '',
      AURA_HEARTBEAT_TIMEOUT_MS: '15000',
    },
  });
  try {
    return { ...(await makeFilm(stack)), ...(await acceptJobs(stack)) };
  } finally {
    await stack.stop();
  }
}

async function makeFilm(stack: Stack): Promise<Figures> {
  const [worker] = stack.workers;
  if (!worker) throw new Error('the stack has no worker');
  const cpuBefore = await cpuSecondsOf(worker.pid);
  const acceptedMs = Date.now();
  const options = { quality: 'standard', aspect: '16:9', fps: 30 };
  const id = await generate(stack, { brief: BRIEF, seconds: FILM_SECONDS, options });
  await untilSucceeded(stack, id, 600_000);
  const endedMs = Date.now();
  const cpu = (await cpuSecondsOf(worker.pid)) - cpuBefore;
  const overheadMs = orchestrationMs(await historyOf(stack, id), acceptedMs, endedMs);

  const file = await downloadFilm(stack, id);
  const floor = await floorOf(file);
  return {
    filmSeconds: round((await filmFacts(file)).durationMs / 1_000),
    filmWallSeconds: round((endedMs - acceptedMs) / 1_000),
    filmCpuSeconds: round(cpu),
    floorCpuSeconds: round(floor.cpuSeconds),
    cpuOverFloor: round(cpu / floor.cpuSeconds),
    floorWallSeconds: round(floor.wallSeconds),
    wallOverFloor: round((endedMs - acceptedMs) / 1_000 / floor.wallSeconds),
    orchestrationSeconds: round(overheadMs / 1_000),
    orchestrationPercent: round((100 * overheadMs) / (endedMs - acceptedMs)),
  };
}

interface Floor {
  cpuSeconds: number;
  /** Decoding runs beside the encoder and costs little of it. */
  wallSeconds: number;
}

/** x264 alone for the finished frames, with the film's own settings: decoding and encoding, less decoding. */
async function floorOf(file: string): Promise<Floor> {
  const decode = ['-nostdin', '-v', 'error', '-i', file, '-map', '0:v'];
  const encode = ['-c:v', 'libx264', '-preset', PRESET, '-crf', '21'];
  const decoded = await timed('ffmpeg', [...decode, '-f', 'null', '-']);
  const encoded = await timed('ffmpeg', [...decode, ...encode, '-f', 'null', '-']);
  return {
    cpuSeconds: encoded.cpuSeconds - decoded.cpuSeconds,
    wallSeconds: encoded.wallSeconds,
  };
}

/** With the worker stopped: what is measured is the promise of the 202, not the films that follow. */
async function acceptJobs(stack: Stack): Promise<Figures> {
  await Promise.all(stack.workers.map((worker) => worker.stop()));
  const result = await autocannon({
    url: `${stack.url}/api/videos/generate`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(smallFilm()),
    connections: CLIENTS,
    duration: ACCEPT_SECONDS,
  });
  if (result.non2xx > 0) throw new Error(`${result.non2xx} of the requests were refused`);
  return {
    acceptsPerSecond: round(result.requests.average),
    acceptP99Ms: round(result.latency.p99),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

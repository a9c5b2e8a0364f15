import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalStore } from '@aura/storage';
import { timed } from './cpu-seconds.js';
import type { Figures } from './film.js';
import { encodingArgs, layFrames } from './render/floor.js';
import { renderFilm, renderSegments } from './render/render-film.js';
import { shotsOf } from './render/shots.js';

const LENGTHS_S = [4, 4, 4, 4];
const PRESET = 'veryfast';
/** What is measured changes with what else the machine does: each is measured so often, in turns. */
const ROUNDS = 2;

/**
 * How much sooner segments are done two at a time than one at a time, beside the same of the encoder alone: two
 * processors of a machine share its memory, and more than the encoder gains nothing can.
 */
export async function workers(): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-bench-'));
  try {
    const given = path.join(folder, 'store');
    const shots = await shotsOf(new LocalStore(given), folder, LENGTHS_S);
    const request = { folder, shots, preset: PRESET, renderer: 'compositor' } as const;
    const fresh = async () => {
      const own = await mkdtemp(path.join(folder, 'run-'));
      await cp(given, own, { recursive: true });
      return new LocalStore(own);
    };
    const { file } = await renderFilm(await fresh(), request);
    const raw = path.join(folder, 'floor.yuv');
    await layFrames(file, { fromS: 0, seconds: 4, raw });
    const walls = { segments1: 0, segments2: 0, floor1: 0, floor2: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const atATime of [1, 2] as const) {
        const store = await fresh();
        walls[`segments${atATime}`] += await wallOf(() =>
          renderSegments(store, { ...request, atATime }),
        );
        walls[`floor${atATime}`] += await wallOf(() => encodePieces(raw, atATime));
      }
    }
    const own = walls.segments1 / walls.segments2;
    const floor = walls.floor1 / walls.floor2;
    return {
      segmentsScaling: hundredths(own),
      floorScaling: hundredths(floor),
      ofTheFloorsScaling: hundredths(own / floor),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function encodePieces(raw: string, atATime: number): Promise<void> {
  let left = LENGTHS_S.length;
  const encoder = async () => {
    while (left > 0) {
      left -= 1;
      await timed('ffmpeg', encodingArgs(raw, PRESET));
    }
  };
  await Promise.all(Array.from({ length: atATime }, encoder));
}

async function wallOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RenderSpec } from '@aura/proto';
import { LocalStore } from '@aura/storage';
import type { Figures } from './film.js';
import { renderFilm } from './render/render-film.js';
import { shotsOf } from './render/shots.js';

/** AURA_BENCH_SCENES: scenes of the film. */
const scenes = Number(process.env['AURA_BENCH_SCENES'] ?? '120');
const SCENE_S = 15;
const SMALL: RenderSpec = {
  widthPx: 320,
  heightPx: 180,
  fps: 30,
  aspect: '16:9',
  quality: 'standard',
};

/**
 * Half an hour of 120 scenes, small, and before it a twelfth of that: what both take, and the most that any process
 * holds of memory, which must not grow with the film.
 */
export async function longFilm(): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-bench-'));
  try {
    const short = await filmOf(folder, 'short', Math.ceil(scenes / 12));
    return { ...short, ...(await filmOf(folder, 'long', scenes)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function filmOf(folder: string, name: string, count: number): Promise<Figures> {
  const store = new LocalStore(path.join(folder, name));
  const lengths = Array.from({ length: count }, () => SCENE_S);
  const shots = await shotsOf(store, folder, lengths);
  const request = {
    folder,
    shots,
    preset: 'veryfast',
    renderer: 'compositor',
    render: SMALL,
  } as const;
  const { segmentsCpuS, filmCpuS, wallS, peakMb } = await renderFilm(store, request);
  const figures: Figures = {
    [`${name}.scenes`]: count,
    [`${name}.filmSeconds`]: count * SCENE_S,
    [`${name}.segmentsCpuSeconds`]: round(segmentsCpuS),
    [`${name}.filmCpuSeconds`]: round(filmCpuS),
    [`${name}.wallSeconds`]: round(wallS),
  };
  for (const [program, mb] of Object.entries(peakMb)) figures[`${name}.peakMb.${program}`] = mb;
  return figures;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Shot, SoundStyle } from '@aura/proto';
import { LocalStore } from '@aura/storage';
import type { Figures } from './film.js';
import { renderFilm } from './render/render-film.js';
import { shotsOf } from './render/shots.js';
import { detailedStill } from './render/stills.js';

const PRESET = 'veryfast';
/** The scene that gets another picture: one in the middle, whose picture also stands below the next transition. */
const EDITED = 3;

/**
 * A film of eight scenes with music, then the same with another picture in one scene, then with other music alone: the
 * CPU seconds of each, in one run, and what share of the whole the edits cost.
 */
export async function edit(): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-bench-'));
  try {
    const store = new LocalStore(path.join(folder, 'store'));
    const shots = await shotsOf(store, folder);
    const other = await detailedStill(folder, shots.length);
    const image = await store.putFile(other, 'image/png');
    const cpuOf = async (seen: readonly Shot[], mood: string) => {
      const order = { folder, shots: seen, preset: PRESET, renderer: 'compositor' } as const;
      const { segmentsCpuS, filmCpuS } = await renderFilm(store, { ...order, sound: bed(mood) });
      return { segments: segmentsCpuS, film: filmCpuS, whole: segmentsCpuS + filmCpuS };
    };
    const whole = await cpuOf(shots, 'calm');
    const repainted = shots.map((shot, at) =>
      at === EDITED ? { ...shot, picture: { ...shot.picture, image } } : shot,
    );
    const oneScene = await cpuOf(repainted, 'calm');
    const otherMusic = await cpuOf(shots, 'upbeat');
    return {
      ...named('whole', whole),
      ...named('oneScene', oneScene),
      ...named('otherMusic', otherMusic),
      oneSceneOverWhole: share(oneScene.whole, whole.whole),
      otherMusicOverWhole: share(otherMusic.whole, whole.whole),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function bed(mood: string): SoundStyle {
  const music = {
    kind: 'music',
    mood,
    start: 0,
    frames: 0,
    gainDb: 0,
    fadeIn: 0,
    fadeOut: 0,
    duck: true,
    loop: true,
  };
  return { music, effects: [], loudnessLufs: 0, mono: false, denoise: false };
}

function named(name: string, cpu: { segments: number; film: number; whole: number }): Figures {
  return {
    [`${name}.segmentsCpuSeconds`]: Math.round(cpu.segments * 10) / 10,
    [`${name}.filmCpuSeconds`]: Math.round(cpu.film * 10) / 10,
  };
}

function share(part: number, whole: number): number {
  return Math.round((1_000 * part) / whole) / 1_000;
}

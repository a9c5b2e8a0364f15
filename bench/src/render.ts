import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Shot } from '@aura/proto';
import { LocalStore } from '@aura/storage';
import type { Figures, Rows } from './film.js';
import { floorOf, type Floor } from './render/floor.js';
import { measurePeer } from './render/peers.js';
import { renderChart } from './render/render-chart.js';
import { renderFilm } from './render/render-film.js';
import { RENDER, shotsOf } from './render/shots.js';

/** AURA_BENCH_PRESETS: x264 presets, separated by commas. AURA_BENCH_RENDERERS: compositor, ffmpeg. */
const presets = (process.env['AURA_BENCH_PRESETS'] ?? 'veryfast').split(',');
const renderers = (process.env['AURA_BENCH_RENDERERS'] ?? 'compositor').split(',');
/** AURA_BENCH_PEERS: what else renders a piece of the film, separated by commas; empty for none. */
const peers = (process.env['AURA_BENCH_PEERS'] ?? 'editly,remotion').split(',').filter(Boolean);
const PEER_SECONDS = 5;
/** The figures as bars; not kept in the repository. */
const CHART = path.join('.aura', 'bench', 'render.svg');

/**
 * A minute of 1080p30: eight detailed stills that move, crossfades, captions, narration. All CPU from narration and
 * stills ready to the published film, checks included, beside that of the encoder alone for the same frames. A chart
 * of it is written to `.aura/bench/render.svg`.
 */
export async function render(): Promise<Rows> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-bench-'));
  try {
    const store = new LocalStore(path.join(folder, 'store'));
    const shots = await shotsOf(store, folder);
    const seconds = shots.reduce((sum, { frames }) => sum + frames, 0) / RENDER.fps;
    const figures: Figures = { filmSeconds: seconds };
    const floors: Record<string, Floor> = {};
    for (const preset of presets) {
      for (const renderer of renderers) {
        // A store of its own: nothing is found there that another one has made.
        const own = path.join(folder, `store-${preset}-${renderer}`);
        await cp(path.join(folder, 'store'), own, { recursive: true });
        const request = { folder, shots, preset, renderer: renderer as 'compositor' };
        const rendering = await renderFilm(new LocalStore(own), request);
        const { segmentsCpuS, filmCpuS, wallS, file, peakMb } = rendering;
        const floor = (floors[preset] ??= await floorOf(file, { folder, preset, seconds }));
        const name = `${preset}.${renderer}`;
        figures[`${preset}.floorCpuSeconds`] = round(floor.cpuS);
        figures[`${preset}.floorWithHugePagesCpuSeconds`] = round(floor.hugePagesCpuS);
        figures[`${name}.segmentsCpuSeconds`] = round(segmentsCpuS);
        figures[`${name}.filmCpuSeconds`] = round(filmCpuS);
        figures[`${name}.wallSeconds`] = round(wallS);
        const together = segmentsCpuS + filmCpuS;
        figures[`${name}.overFloor`] = round(together / floor.cpuS);
        figures[`${name}.overFloorWithHugePages`] = round(together / floor.hugePagesCpuS);
        for (const [program, mb] of Object.entries(peakMb)) {
          figures[`${name}.peakMb.${program}`] = mb;
        }
      }
    }
    await mkdir(path.dirname(CHART), { recursive: true });
    await writeFile(CHART, renderChart(figures));
    return { ...figures, ...(await peerRows(store, { folder, shots, figures })) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What peers take for two of the stills, as CPU seconds for the whole film, in the first preset; else why not. */
async function peerRows(
  store: LocalStore,
  { folder, shots, figures }: { folder: string; shots: readonly Shot[]; figures: Figures },
): Promise<Rows> {
  const rows: Rows = {};
  const [preset = ''] = presets;
  const filmSeconds = figures['filmSeconds'] ?? 0;
  const stills: string[] = [];
  for (const { picture, index } of shots.slice(0, 2)) {
    const still = path.join(folder, `peer-${index}.png`);
    await cp(await store.localPath(picture.image), still);
    stills.push(still);
  }
  const narration = path.join(folder, 'peer.wav');
  const [first] = shots;
  if (first) await cp(await store.localPath(first.narration.audio), narration);
  for (const name of peers) {
    const film = { stills, narration, seconds: PEER_SECONDS, preset };
    const perSecond = await measurePeer(name, film, folder);
    if (typeof perSecond === 'string') {
      rows[`${preset}.${name}`] = perSecond;
      continue;
    }
    const floor = figures[`${preset}.floorCpuSeconds`] ?? Number.NaN;
    rows[`${preset}.${name}.cpuSeconds`] = round(perSecond * filmSeconds);
    rows[`${preset}.${name}.overFloor`] = round((perSecond * filmSeconds) / floor);
  }
  return rows;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

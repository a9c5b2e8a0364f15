import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import type { FilmStyle, RenderSpec, Shot } from '@aura/proto';
import { createComposeActivities } from '../compose-activities.js';
import {
  ffmpegOutput,
  filmKit,
  grayFrames,
  JOB,
  SMALL,
  twoShots,
  type FilmKit,
} from '../testing/film-kit.js';

let kit: FilmKit;
let shots: Shot[];
let none: Awaited<ReturnType<typeof filmOf>>;
beforeAll(async () => {
  kit = await filmKit();
  shots = await twoShots(kit);
  none = await filmOf('none');
}, 60_000);
afterAll(() => kit.remove());

async function filmOf(mode: string, { render = SMALL }: { render?: RenderSpec } = {}) {
  const activities = createComposeActivities(kit.dependencies);
  const style = { captions: { mode, look: 'clean', position: '', accent: '' } } as FilmStyle;
  const order = { job: JOB, render, language: 'de-DE', style };
  const segments = [];
  for (const [index, shot] of shots.entries())
    segments.push(await activities.encodeSegment({ ...order, shot, previous: shots[index - 1] }));
  const film = await activities.assembleFilm({ ...order, title: 'Kaffee', shots, segments });
  return { film, segments };
}

test('soft captions are a track with its language, and none of the picture', async () => {
  const soft = await filmOf('soft');
  expect(soft.segments.map(({ video }) => video.sha256)).toEqual(
    none.segments.map(({ video }) => video.sha256),
  );
  const file = await kit.store.localPath(soft.film.video);
  const track = await ffmpegOutput(kit, ['-i', file, '-map', '0:s:m:language:deu', '-f', 'srt']);
  expect(track.toString()).toContain('Coffee began in Ethiopia.');
  const bare = await kit.store.localPath(none.film.video);
  await expect(ffmpegOutput(kit, ['-i', bare, '-map', '0:s', '-f', 'srt'])).rejects.toThrow();
  expect(none.film.files?.files.some(({ kind }) => kind.startsWith('captions-'))).not.toBe(true);
}, 60_000);

test('both are in the picture and a track; the files say the same', async () => {
  const { film } = await filmOf('both');
  const [shown, without] = [
    await grayFrames(kit, film.video),
    await grayFrames(kit, none.film.video),
  ];
  expect(shown[20]?.equals(without[20] ?? Buffer.alloc(0))).toBe(false);
  const text = async (kind: string) => {
    const file = film.files?.files.find((one) => one.kind === kind);
    if (!file) throw new Error(`the film has no ${kind}`);
    return readFile(await kit.store.localPath(file.blob), 'utf8');
  };
  const srt = await readFile(await kit.store.localPath(film.captions), 'utf8');
  const [first] = /[\d:,]+ --> [\d:,]+/.exec(srt) ?? [];
  expect(await text('captions-vtt')).toContain(first?.replaceAll(',', '.'));
  expect(await text('captions-ass')).toContain('Coffee began in Ethiopia.');
}, 60_000);

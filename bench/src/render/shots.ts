import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runFfmpeg, runProgram } from '@aura/media';
import type { BlobRef, RenderSpec, Shot, SpokenWord } from '@aura/proto';
import type { LocalStore } from '@aura/storage';
import { STILL_SIZE } from './stills.js';

export const RENDER: RenderSpec = {
  widthPx: 1_920,
  heightPx: 1_080,
  fps: 30,
  aspect: '16:9',
  quality: 'standard',
};

/** Of the shots. */
const LENGTHS_S = [7, 8, 8.5, 7.5, 8, 7, 8, 7.5];
const LEAD_MS = 300;
const TEXT =
  'A small light stood on the rock, and whoever came by sea could see it from far away, in every night and in every weather.';

/** Shots of a minute, with pictures, voices and times of words: all that rendering begins with. */
export async function shotsOf(
  store: LocalStore,
  folder: string,
  lengthsS: readonly number[] = LENGTHS_S,
): Promise<Shot[]> {
  const narration = await narrationOf(store, folder);
  const images: BlobRef[] = [];
  const shots: Shot[] = [];
  for (const [index, seconds] of lengthsS.entries()) {
    // More than eight shots show the same eight pictures.
    images[index % LENGTHS_S.length] ??= await stillOf(store, folder, index);
    const image = images[index % LENGTHS_S.length];
    if (!image) throw new TypeError('a picture was not made');
    shots.push({
      sceneId: `s${String(index + 1).padStart(3, '0')}`,
      index,
      leadMs: LEAD_MS,
      frames: Math.round(seconds * RENDER.fps),
      picture: { image, ...STILL_SIZE, provider: 'bench', unitKey: '', warnings: [] },
      narration,
    });
  }
  return shots;
}

async function stillOf(store: LocalStore, folder: string, index: number): Promise<BlobRef> {
  const maker = fileURLToPath(new URL('make-still.js', import.meta.url));
  await runProgram(process.execPath, [maker, folder, String(index)], { mapsDevices: true });
  return store.putFile(path.join(folder, `still-${index}.png`), 'image/png');
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

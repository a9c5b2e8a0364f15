import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BlobRef, JobRef, RenderSpec, Segment, Shot, SpokenWord } from '@aura/proto';
import { runFfmpeg, runProgram, wavHeader } from '@aura/media';
import { LocalStore } from '@aura/storage';
import sharp from 'sharp';
import { createComposeActivities } from '../compose-activities.js';
import type { ComposeDependencies } from '../compose-deps.js';
import { stillSize } from './still-size.js';

/** A store of its own with what small films are made from. */
export interface FilmKit {
  folder: string;
  store: LocalStore;
  dependencies: ComposeDependencies;
  remove(): Promise<void>;
}

export const SMALL: RenderSpec = {
  widthPx: 320,
  heightPx: 180,
  fps: 25,
  aspect: '16:9',
  quality: 'draft',
};

export const JOB: JobRef = { videoId: 'v1', run: 1, tenantId: 'local', correlationId: 'c1' };

export async function filmKit(changes: Partial<ComposeDependencies> = {}): Promise<FilmKit> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-compose-'));
  const store = new LocalStore(path.join(folder, 'store'));
  return {
    folder,
    store,
    dependencies: {
      store,
      ffmpegPath: 'ffmpeg',
      ffprobePath: 'ffprobe',
      encoderPreset: 'ultrafast',
      threads: 2,
      ...changes,
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A picture in the size of a fitted still: an SVG's content over a plain colour. */
export async function picture(
  { folder, store }: FilmKit,
  { render = SMALL, colour = '#204060', svg = DISCS, size = stillSize(render) } = {},
): Promise<Shot['picture']> {
  const { widthPx, heightPx } = size;
  const body = `<rect width="100%" height="100%" fill="${colour}"/>${svg}`;
  const source = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${body}</svg>`;
  const file = path.join(folder, 'picture.png');
  await writeFile(file, await sharp(Buffer.from(source)).removeAlpha().png().toBuffer());
  const image = await store.putFile(file, 'image/png');
  return { image, widthPx, heightPx, provider: 'test', unitKey: '', warnings: [] };
}

const DISCS = [20, 40, 60, 80]
  .map((at) => `<circle cx="${at}%" cy="${at / 2 + 10}%" r="6%" fill="#e0b060"/>`)
  .join('');

/** Sentences spoken by flite with pauses between; times from the sound itself, per sentence. */
export async function speech(
  kit: FilmKit,
  sentences: readonly string[],
): Promise<Shot['narration']> {
  const parts: Buffer[] = [];
  const words: SpokenWord[] = [];
  let samples = 0;
  for (const [sentence, text] of sentences.entries()) {
    const sound = await spoken(kit, text);
    const { first, last } = heardIn(sound);
    words.push(
      ...spread(text, sentence, { fromMs: (samples + first) / 48, toMs: (samples + last) / 48 }),
    );
    const pause = Buffer.alloc(sentence + 1 < sentences.length ? 2 * PAUSE_SAMPLES : 0);
    parts.push(sound, pause);
    samples += sound.length / 2 + pause.length / 2;
  }
  return narration(kit, Buffer.concat(parts), words);
}

const PAUSE_SAMPLES = 24_000;

/** A narration of raw samples (mono, 48 kHz, 16 bit). */
export async function narration(
  { folder, store }: FilmKit,
  samples: Buffer,
  words: readonly SpokenWord[],
): Promise<Shot['narration']> {
  const file = path.join(folder, 'narration.wav');
  await writeFile(file, Buffer.concat([wavHeader(samples.length, 48_000), samples]));
  return {
    audio: await store.putFile(file, 'audio/wav'),
    timings: await store.putBytes(
      JSON.stringify({ source: 'measured', words }),
      'application/json',
    ),
    durationMs: Math.round(samples.length / 96),
    provider: 'test',
    voice: 'test',
    unitKey: '',
    warnings: [],
  };
}

/** Something like a voice without a voice: a tone that comes and goes four times a second. */
export function babble(ms: number, level = 0.3): Buffer {
  const samples = Buffer.alloc(ms * 96);
  for (let index = 0; index < ms * 48; index += 1) {
    const seconds = index / 48_000;
    const envelope = 0.55 + 0.45 * Math.sin(2 * Math.PI * 4 * seconds);
    const wave =
      Math.sin(2 * Math.PI * 220 * seconds) + 0.5 * Math.sin(2 * Math.PI * 830 * seconds);
    samples.writeInt16LE(Math.round(level * envelope * wave * 21_000), index * 2);
  }
  return samples;
}

/** Words of equal length over a stretch of sound. */
export function spread(
  text: string,
  sentence: number,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): SpokenWord[] {
  const texts = text.split(' ');
  const eachMs = (toMs - fromMs) / texts.length;
  return texts.map((word, index) => ({
    text: word,
    startMs: fromMs + index * eachMs,
    endMs: fromMs + (index + 1) * eachMs,
    sentence,
  }));
}

export function shotOf(
  index: number,
  parts: Pick<Shot, 'picture' | 'narration' | 'frames'> & Partial<Shot>,
): Shot {
  return { sceneId: `s${String(index + 1).padStart(2, '0')}`, index, leadMs: 300, ...parts };
}

/** All shots as segments, as the workflow would ask for them. */
export async function encodeAll(
  { dependencies }: FilmKit,
  shots: readonly Shot[],
  { render = SMALL, language = 'en-US' } = {},
): Promise<Segment[]> {
  const activities = createComposeActivities(dependencies);
  const segments: Segment[] = [];
  for (const [index, shot] of shots.entries()) {
    const previous = shots[index - 1];
    segments.push(await activities.encodeSegment({ job: JOB, render, language, shot, previous }));
  }
  return segments;
}

/** The bytes that FFmpeg writes to its output. */
export async function ffmpegOutput(kit: FilmKit, args: readonly string[]): Promise<Buffer> {
  const file = path.join(kit.folder, 'output.raw');
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args, file]);
  return readFile(file);
}

/** A blob as gray frames of its own size. */
export async function grayFrames(kit: FilmKit, blob: BlobRef, render = SMALL): Promise<Buffer[]> {
  const file = await kit.store.localPath(blob);
  const raw = await ffmpegOutput(kit, ['-i', file, '-pix_fmt', 'gray', '-f', 'rawvideo']);
  const bytes = render.widthPx * render.heightPx;
  return Array.from({ length: raw.length / bytes }, (_, frame) =>
    raw.subarray(frame * bytes, (frame + 1) * bytes),
  );
}

/** A program in FFmpeg's place that does what a shell script says. */
export async function standIn({ folder }: FilmKit, name: string, script: string): Promise<string> {
  const file = path.join(folder, `ffmpeg that ${name}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** Every file in the store outside of its scratch folder. */
export async function published({ folder }: FilmKit): Promise<string[]> {
  const files = await readdir(path.join(folder, 'store'), { recursive: true });
  return files.filter((file) => !file.startsWith('scratch'));
}

export async function leftInScratch({ folder }: FilmKit): Promise<string[]> {
  return readdir(path.join(folder, 'store', 'scratch', JOB.videoId)).catch(() => []);
}

/** Waits until something is so, at most five seconds. */
export async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('waited in vain');
}

async function spoken({ folder }: FilmKit, text: string): Promise<Buffer> {
  const [voice, sound] = [path.join(folder, 'voice.wav'), path.join(folder, 'voice.raw')];
  await runProgram('flite', ['-voice', 'slt', '-t', text, '-o', voice]);
  const format = ['-ar', '48000', '-ac', '1', '-f', 's16le', sound];
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', voice, ...format]);
  return readFile(sound);
}

/** The first and the last sample that are louder than breath. */
function heardIn(sound: Buffer): { first: number; last: number } {
  const loud = Array.from({ length: sound.length / 2 }, (_, index) => index).filter(
    (index) => Math.abs(sound.readInt16LE(index * 2)) > 800,
  );
  return { first: loud[0] ?? 0, last: loud.at(-1) ?? 0 };
}

/** Two shots of one narration: 40 and 36 frames, different pictures. */
export async function twoShots(kit: FilmKit): Promise<[Shot, Shot]> {
  const words = spread('Coffee began in Ethiopia.', 0, { fromMs: 50, toMs: 900 });
  const spoken = await narration(kit, babble(1_000), words);
  const other = await picture(kit, { colour: '#602040' });
  return [
    shotOf(0, { picture: await picture(kit), narration: spoken, frames: 40 }),
    shotOf(1, { picture: other, narration: spoken, frames: 36 }),
  ];
}

import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runProgram } from '@aura/media';
import { call, type Api } from './api.js';
import { StackError } from './service.js';

/** In characters; of four bytes each they still are a name that every file system takes. */
const LONGEST_NAME = 50;

/** Puts a readable copy of a finished film into `<home>/films` and gives its path. */
export async function keepFilm(api: Api, jobId: string, home: string): Promise<string> {
  const metadata = await (await call(api, `/api/videos/${jobId}/metadata`)).json();
  const { title, fileSizeBytes } = metadata as { title: string | null; fileSizeBytes: number };
  const file = path.join(filmsIn(home), `${fileNameOf(title ?? 'film')}${nameEndOf(jobId)}`);
  const known = await stat(file).catch(() => undefined);
  if (known && known.size === fileSizeBytes) return file;

  await mkdir(path.dirname(file), { recursive: true });
  const { body } = await call(api, `/api/videos/${jobId}/download`);
  const part = `${file}.part`;
  await pipeline(Readable.fromWeb(body as never), createWriteStream(part));
  await rename(part, file);
  return file;
}

/** Of these jobs, those without a file in `<home>/films`. */
export async function notKept(jobIds: readonly string[], home: string): Promise<string[]> {
  const names = await readdir(filmsIn(home)).catch(() => []);
  return jobIds.filter((jobId) => !names.some((name) => name.endsWith(nameEndOf(jobId))));
}

function filmsIn(home: string): string {
  return path.join(home, 'films');
}

/** Tells films of the same title apart. */
function nameEndOf(jobId: string): string {
  return `-${jobId.slice(-8)}.mp4`;
}

/** A title as a file name that no shell and no file system minds: letters and digits of any script, and dashes. */
export function fileNameOf(title: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  const name = (words ?? []).join('-');
  const short = Array.from(name).slice(0, LONGEST_NAME).join('');
  return short.replace(/-$/, '') || 'film';
}

export interface FilmTools {
  ffmpeg: string;
  ffprobe: string;
}

/** Length of a film in seconds. Throws a StackError where the file is no film. */
export async function filmSeconds(file: string, { ffprobe }: FilmTools): Promise<number> {
  const args = [
    '-v',
    'error',
    '-show_entries',
    'format=duration',
    '-of',
    'csv=p=0',
    `file:${file}`,
  ];
  const { stdout } = await runProgram(ffprobe, args).catch((cause: unknown) => {
    throw new StackError(`${file} is not a film.`, { cause });
  });
  const seconds = Number(stdout.trim());
  if (seconds > 0) return seconds;
  throw new StackError(`${file} has no length.`);
}

/** Plays the whole film into nowhere. Throws a StackError where a picture or a sound of it is broken. */
export async function decodeFilm(file: string, { ffmpeg }: FilmTools): Promise<void> {
  const args = ['-v', 'error', '-xerror', '-nostdin', '-i', `file:${file}`, '-f', 'null', '-'];
  await runProgram(ffmpeg, args).catch((cause: unknown) => {
    throw new StackError(`${file} cannot be played to its end.`, { cause });
  });
}

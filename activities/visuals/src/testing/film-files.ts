import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runFfmpeg } from '@aura/media';

/** Makes a film with FFmpeg: `args` are its inputs and options, all but the name, which says the format. */
export async function makeFilm(name: string, ...args: string[]): Promise<Buffer> {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'aura-clip-'));
  try {
    await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', ...args, name], { cwd });
    return await readFile(path.join(cwd, name));
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** A second of a test picture that moves, with a tone. */
export function movingFilm(size = '640x360', rate = 60): Promise<Buffer> {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=1`];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac'];
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  const tags = ['-metadata', 'title=secret of the owner'];
  return makeFilm('moving.mp4', ...picture, ...sound, ...encode, ...tags);
}

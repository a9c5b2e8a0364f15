import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '@aura/media';
import { encodingOf } from '@aura/proto';
import { SMALL } from '../testing/film-kit.js';
import { thumbnailArgs } from './thumbnail.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-thumbnail-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  [30, 1],
  [30_000, 1_001],
])(
  'each frame of a film of %d/%d a second can be its thumbnail, the last one too',
  async (...rate) => {
    const frames = 9;
    const source = `testsrc2=s=64x64:r=${rate.join('/')}`;
    const film = ['-f', 'lavfi', '-i', source, '-frames:v', String(frames), '-c:v', 'libx264'];
    await runProgram('ffmpeg', ['-v', 'error', '-y', ...film, path.join(folder, 'film.mp4')]);
    for (let frame = 0; frame < frames; frame += 1) {
      const atS = (frame * rate[1]) / rate[0];
      const asked = { film: 'film.mp4', encoding: encodingOf(SMALL), widthPx: 64, atS };
      const output = `${frame}.jpg`;
      await runProgram('ffmpeg', thumbnailArgs({ ...asked, output }), { cwd: folder });
      expect([frame, (await stat(path.join(folder, output))).size > 0]).toEqual([frame, true]);
    }
  },
);

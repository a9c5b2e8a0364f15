import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EncodeSegmentRequest } from '@aura/proto';
import { runProgram } from '@aura/media';
import { createComposeActivities } from './compose-activities.js';
import {
  babble,
  filmKit,
  JOB,
  leftInScratch,
  narration,
  picture,
  shotOf,
  SMALL,
  type FilmKit,
} from './testing/film-kit.js';

let kit: FilmKit;
let scratch: string;
let mounted = false;

beforeAll(async () => {
  kit = await filmKit();
  scratch = path.join(kit.folder, 'store', 'scratch');
  await mkdir(scratch, { recursive: true });
  mounted = await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', scratch]).then(
    () => true,
    (error: Error) => {
      process.stderr.write(`disk-full: not run on a real small disk: ${error.message}\n`);
      return false;
    },
  );
});
afterAll(async () => {
  if (mounted) await runProgram('umount', [scratch]);
  await kit.remove();
});

test('a segment that does not fit on the disk: its code, nothing published, nothing left', async () => {
  if (!mounted) return;
  const still = await picture(kit);
  const said = await narration(kit, babble(200), []);
  const request: EncodeSegmentRequest = {
    job: JOB,
    render: { ...SMALL, quality: 'maximum' },
    language: 'en',
    shot: shotOf(0, { picture: still, narration: said, frames: 900 }),
  };
  await writeFile(path.join(scratch, 'ballast'), Buffer.alloc(150 * 1024));
  const activities = createComposeActivities(kit.dependencies);
  await expect(activities.encodeSegment(request)).rejects.toMatchObject({ code: 'OutOfDiskSpace' });
  expect(await leftInScratch(kit)).toEqual([]);
  expect(await readdir(path.join(kit.folder, 'store'))).not.toContain('results');
  await rm(path.join(scratch, 'ballast'));
});

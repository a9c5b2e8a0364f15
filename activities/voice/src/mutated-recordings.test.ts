import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailureCode } from '@aura/failure';
import { narrate, workplace, type Workplace } from './testing/voices.js';

let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

const isLong = env['AURA_TEST_SCALE'] === 'long';
const OF_EACH = isLong ? 40 : 2;
const ENDS_WITHIN_MS = 40_000;

const KINDS: [name: string, mediaType: string, ...options: string[]][] = [
  ['a.wav', 'audio/wav'],
  ['a.mp3', 'audio/mpeg'],
  ['a.flac', 'audio/flac'],
  ['a.ogg', 'audio/ogg', '-c:a', 'libopus'],
  ['a.m4a', 'audio/mp4', '-c:a', 'aac'],
];

test('a recording with anything wrong in it is heard or refused as the user’s file, and always ends', async () => {
  for (const [name, mediaType, ...options] of KINDS) {
    const file = path.join(place.folder, name);
    const tone = ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'aevalsrc=0.4*sin(900*t)*sin(9*t):d=1'];
    await promisify(execFile)('ffmpeg', [...tone, ...options, file]);
    const whole = await readFile(file);
    for (let seed = 0; seed < OF_EACH; seed += 1) {
      await writeFile(file, damaged(whole, seed));
      const audio = await place.store.putFile(file, mediaType);
      const startedMs = Date.now();
      const order = { provider: 'own', text: '', sceneId: `n${seed}`, audio };
      const end = await narrate(place.store, order).then(
        ({ narration, sound }) =>
          sound.samples.length === narration.durationMs * 48 ? 'good' : 'bad',
        (error: Error & { code?: string }) => error.code ?? error.message,
      );
      const told = `${name} ${seed}: ${end}`;
      expect([told, Date.now() - startedMs < ENDS_WITHIN_MS]).toEqual([told, true]);
      expect([told, end === 'good' || (isFailureCode(end) && !end.startsWith('Internal'))]).toEqual(
        [told, true],
      );
    }
  }
}, 3_000_000);

/** Bytes turned, half of them where a file says what it is; every third is cut off or has a piece missing. */
function damaged(whole: Buffer, seed: number): Buffer {
  const bytes = Buffer.from(whole);
  let state = ((seed + 1) * 2_654_435_761) | 1;
  const random = (most: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
  const place = () => random(random(2) === 0 ? Math.min(400, bytes.length) : bytes.length);
  const from = place();
  if (seed % 6 === 0) return bytes.subarray(0, from);
  if (seed % 3 === 0)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random(400))]);
  for (let turns = 1 + random(12); turns > 0; turns -= 1) bytes[place()] = random(256);
  return bytes;
}

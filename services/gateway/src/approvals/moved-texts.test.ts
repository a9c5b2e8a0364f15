import { expect, test } from 'vitest';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Scene } from '@aura/proto';
import { LocalStore } from '@aura/storage';
import { movedTexts } from './moved-texts.js';

const scene = (id: string, narration = `Words of ${id}.`) => ({ id, narration }) as Scene;

test('what scenes say in other languages goes with them into an approved script, unless they say something else', async () => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'aura-texts-'));
  const store = new LocalStore(root);
  try {
    const tracks = [{ language: 'de', texts: ['eins', 'zwei', 'drei', 'vier'] }];
    const blob = await store.putBytes(JSON.stringify({ tracks }), 'application/json');
    const moved = await movedTexts(store, blob, {
      from: ['s01', 's02', 's03', 's04'].map((id) => scene(id)),
      to: [scene('s04'), scene('s05'), scene('s02', 'Other.'), scene('s01')],
    });
    const text = await readFile(await store.localPath(moved), 'utf8');
    expect(JSON.parse(text)).toEqual({
      tracks: [{ language: 'de', texts: ['vier', '', '', 'eins'] }],
    });
  } finally {
    await rm(root, { recursive: true });
  }
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Timeline } from '@aura/proto';
import { setupWarnings } from './setup-warnings.js';

const FILM = {
  sounds: [{ kind: 'music', mood: 'calm' }],
  visuals: [{ fit: 'blur', transition: { linearLight: true } }, { fit: 'cover' }],
} as Timeline;

async function told(name: string, folders: object, film = FILM): Promise<string[]> {
  const renderer = { name, render: () => Promise.resolve(undefined) };
  return (await setupWarnings({ renderer, ...folders }, film)).map(({ code }) => code);
}

test('folders that cannot be read are told where something of them was wanted', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-folder-'));
  try {
    const gone = {
      musicFolder: path.join(folder, 'music'),
      fontsFolder: path.join(folder, 'fonts'),
    };
    const both = ['FolderUnreadable', 'FolderUnreadable'];
    expect(await told('compositor', gone)).toEqual(both);
    expect(await told('compositor', gone, { ...FILM, sounds: [] })).toEqual(both.slice(1));
    expect(await told('compositor', { musicFolder: folder, fontsFolder: folder })).toEqual([]);
    expect(await told('compositor', {})).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what FFmpeg alone cannot draw is told', async () => {
  expect(await told('ffmpeg', {})).toEqual(['LookSimplified']);
  expect(await told('ffmpeg', {}, { ...FILM, visuals: FILM.visuals.slice(1) })).toEqual([]);
});

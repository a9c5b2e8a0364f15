import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { storyOf } from './history-story.js';

const FOLDER = path.resolve(import.meta.dirname, '../../../workflows/histories');

test('every line of every golden history says something, and none ends in a bare colon', async () => {
  for (const name of await readdir(FOLDER)) {
    const history = historyFromJSON(JSON.parse(await readFile(path.join(FOLDER, name), 'utf8')));
    const lines = storyOf(history).map(({ text }) => text);
    expect(lines[0]).toBe('the video was ordered');
    expect(lines).toContain('begin on aura-record');
    // The first scene of a script, or the first narration of a user's own cut; of a script that was rejected none is.
    const isSpoken = lines.some((line) => /^narrateScene on aura-voice: [sn]01/.test(line));
    expect([name, isSpoken]).toEqual([name, !name.includes('rejected')]);
    expect(lines.filter((line) => /:\s*$/.test(line))).toEqual([]);
  }
});

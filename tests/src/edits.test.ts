import { afterAll, beforeAll } from 'vitest';
import { isLong } from './harness/index.js';
import { testEdits } from './story/edits.js';
import { startStories, type Stories } from './story/stories.js';

/** What an edit of a film is said to make, and what is made. */
let stories: Stories | undefined;

beforeAll(async () => {
  if (isLong) stories = await startStories();
}, 120_000);

afterAll(() => stories?.stop(), 60_000);

testEdits();
if (isLong) testEdits(() => stories!);

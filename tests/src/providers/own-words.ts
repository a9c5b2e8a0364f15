import { expect } from 'vitest';
import { post, type Stack } from '../harness/index.js';

const COLOURS =
  'amber azure crimson ivory violet silver golden copper scarlet emerald indigo purple';
const SHIPS = 'ferry barge yacht canoe sloop liner tanker cutter trawler dinghy lugger galley';
let pairs = 0;

/** Two words for each of so many scenes that no scene before has had. */
export function freshWords(scenes: number): string[] {
  const [colours, ships] = [COLOURS.split(' '), SHIPS.split(' ')];
  return Array.from({ length: scenes }, () => {
    pairs += 1;
    const colour = colours[pairs % colours.length];
    return `${colour} ${ships[Math.floor(pairs / colours.length) % ships.length]}`;
  });
}

/** Orders a film of a scene of two seconds for each of these words, which stand in all that is asked for it. */
export async function orderOfWords(
  { url }: Pick<Stack, 'url'>,
  words: readonly string[],
  options: Record<string, unknown> = {},
): Promise<string> {
  const scenes = words.map((word) => ({
    kind: 'statement',
    narration: `The ${word} leaves early.`,
    visualPrompt: `The ${word} in the harbour.`,
    keywords: [word],
  }));
  const response = await post(`${url}/api/videos/generate`, {
    script: { title: 'Harbour', scenes },
    options: { quality: 'draft', fps: 12, ...options },
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { jobId: string }).jobId;
}

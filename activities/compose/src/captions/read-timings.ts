import type { BlobRef, SpeechTimings, SpokenWord } from '@aura/proto';
import { readFile } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_WORDS = 20_000;

/**
 * The timings of a narration from its blob, checked: what they say comes from a provider.
 * Errors: NarrationInvalid, ArtifactGone, BlobCorrupt.
 */
export async function readTimings(store: ArtifactStore, blob: BlobRef): Promise<SpeechTimings> {
  if (blob.bytes > MAX_BYTES) throw invalid('they are too long');
  const text = await readFile(await store.localPath(blob), 'utf8');
  return timingsOf(text);
}

export function timingsOf(text: string): SpeechTimings {
  const timings = parsed(text);
  const problem = problemOf(timings);
  if (problem) throw invalid(problem);
  return timings as SpeechTimings;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('they are not JSON');
  }
}

function problemOf(timings: unknown): string | undefined {
  const words = (timings as Partial<SpeechTimings> | null)?.words;
  if (!Array.isArray(words)) return 'there are no words';
  if (words.length > MAX_WORDS) return 'there are too many words';
  const wrong = words.findIndex((word, index) => !isInOrder(word, words[index - 1]));
  return wrong < 0 ? undefined : `word ${wrong} is out of order`;
}

function isInOrder(word: unknown, before: SpokenWord | undefined): boolean {
  const { text, startMs, endMs, sentence } = (word ?? {}) as Partial<SpokenWord>;
  return (
    typeof text === 'string' &&
    Number.isInteger(sentence) &&
    typeof startMs === 'number' &&
    typeof endMs === 'number' &&
    Number.isFinite(endMs) &&
    startMs >= (before?.startMs ?? 0) &&
    endMs >= startMs
  );
}

function invalid(problem: string): Failure {
  return new Failure('NarrationInvalid', 'The word timings of a narration cannot be used.', {
    details: `timings: ${problem}`,
  });
}

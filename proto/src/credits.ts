import type { Attribution } from '../gen/aura/v1/video.js';

/** Who is to be named for a picture, and where it was found: "Ana Lima / Pexels". */
export function creditOf({ author, source }: Pick<Attribution, 'author' | 'source'>): string {
  const names = [author, source].filter((name) => name !== '');
  return [...new Set(names)].join(' / ');
}

/** Each picture once, in the order in which they are first seen. */
export function distinctCredits<T extends Pick<Attribution, 'author' | 'source' | 'pageUrl'>>(
  attributions: readonly T[],
): T[] {
  const seen = new Map<string, T>();
  for (const one of attributions) {
    const key = JSON.stringify([one.author, one.source, one.pageUrl]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

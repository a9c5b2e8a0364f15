import type { StyleName } from '../../../styles.js';

/** Phrasings of one thing: some for any style, some for one only. Placeholders are explained in template.ts. */
export type Stock = { any: readonly string[] } & Partial<Record<StyleName, readonly string[]>>;

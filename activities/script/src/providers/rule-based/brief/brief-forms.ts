import type { StyleName } from '../../../styles.js';

/** A point of an outline: a few words or a sentence, and what stands below it. */
export interface Point {
  text: string;
  details: string[];
}

/** Running text in its paragraphs; a heading belongs to the paragraph that follows it. */
export interface Paragraph {
  heading: string;
  sentences: string[];
  /** The sentences are the items of a list, as they were written; empty where they are running text. */
  items: string[];
}

/** What a brief turned out to be. */
export type BriefForm =
  | { form: 'topic'; topic: string; count?: number; wishes?: string[] }
  | { form: 'outline'; title: string; points: Point[]; count?: number }
  | { form: 'text'; title: string; paragraphs: Paragraph[] };

/** What a brief says about the film rather than about its subject. */
export interface Hints {
  style?: StyleName;
  audience?: string;
  language?: string;
}

export interface ReadBrief {
  content: BriefForm;
  hints: Hints;
}

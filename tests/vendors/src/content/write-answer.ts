import type { Fault, ScriptDefect } from '../faults/fault.js';
import { deepJson } from '../faults/spoiled-bodies.js';
import { readPrompt } from './prompt-facts.js';
import type { Schema } from './schema.js';
import { ScriptWriter } from './script-writer.js';
import { seedOf } from './seed.js';
import { bankOf } from './sentence-bank.js';
import { Narrator } from './sentences.js';

export interface AnswerOrder {
  /** All that the model was told, the newest last. */
  prompt: string;
  /** Absent: plain text is wanted. */
  schema?: Schema;
  seed?: number;
  fault?: Fault;
}

export interface Answer {
  text: string;
  /** The limit of tokens ended it. */
  isCut: boolean;
}

/** What a script looks like where the caller gives no schema but wants JSON. */
export const PLAIN_SCRIPT: Schema = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    scenes: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          heading: { type: 'string' },
          narration: { type: 'string' },
          visualPrompt: { type: 'string' },
        },
      },
    },
  },
};

/** What the language model says: deterministic, real sentences, and valid by the schema unless a fault spoils it. */
export function writeAnswer({ prompt, schema, seed = 0, fault }: AnswerOrder): Answer {
  if (fault?.kind === 'deep-json' && fault.inside === 'content') {
    return { text: deepJson(fault.depth), isCut: false };
  }
  const defect = fault?.kind === 'bad-script' ? fault.how : undefined;
  const text = schema
    ? JSON.stringify(writeValue({ prompt, schema, seed, defect }))
    : writeProse(prompt, seed);
  if (defect === 'cut') return { text: text.slice(0, Math.ceil(text.length * 0.6)), isCut: true };
  if (defect === 'not-json')
    return { text: `Sure! Here is your script:\n\n${text.slice(1)}`, isCut: false };
  return { text, isCut: false };
}

function writeValue({
  prompt,
  schema,
  seed,
  defect,
}: {
  prompt: string;
  schema: Schema;
  seed: number;
  defect?: ScriptDefect;
}): unknown {
  return new ScriptWriter({
    facts: readPrompt(prompt),
    root: schema,
    seed: seedOf(prompt, JSON.stringify(schema), String(seed)),
    defect,
  }).write();
}

function writeProse(prompt: string, seed: number): string {
  const { topic, language, words, spokenWords = 60 } = readPrompt(prompt);
  const bank = bankOf(language);
  return new Narrator(bank, topic, seedOf(prompt, String(seed)))
    .paragraph((words ?? spokenWords) * bank.wordCharacters)
    .join(' ');
}

/** Tokens as a tokenizer of today would count them, roughly: four characters each, more for dense scripts. */
export function tokensIn(text: string): number {
  const dense = [...text.matchAll(/[^\p{ASCII}]/gu)].length;
  return Math.max(1, Math.ceil((text.length - dense) / 4 + dense * 0.6));
}

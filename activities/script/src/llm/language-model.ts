import type { Usage } from '@aura/provider';
import type { AnswerSchema } from './answer-schema.js';

/** What is asked of a language model. Everything in it is part of the call's unit key. */
export interface Question {
  /** What the answer is, in one word for the vendors' schema names: "film", "pictures". */
  name: string;
  system: string;
  user: string;
  /** An answer that was at fault, and what we said to it. */
  earlier?: { answer: string; correction: string };
  schema: AnswerSchema;
  maxOutputTokens: number;
}

/** What came back, as text that should be one JSON object of the question's schema. */
export interface Answer {
  text: string;
  /** It ended at the limit of tokens, so its end is missing. */
  isCut: boolean;
  /** As the vendor names it. */
  model: string;
  usage: Usage;
}

/** For whom a call is made: where it is journaled, and what ends it. */
export interface CallPlace {
  videoId: string;
  unitKey: string;
  /** See `JobRef.capUsd`. */
  capUsd: number | undefined;
  signal: AbortSignal | undefined;
}

/**
 * One vendor's language models. Adapters live in providers/, one folder each; what all share is in llm/.
 */
export interface LanguageModel {
  /** Model and address, as far as they decide what is answered. No credential. */
  readonly identity: string;
  /**
   * Asks once; not idempotent, may cost money, is journaled. Errors: those of `Vendors`, CONTENT_REFUSED where
   * the model declines; on abort the signal's own reason.
   */
  ask(question: Question, place: CallPlace): Promise<Answer>;
}

/** Roles and texts in the order in which every vendor takes them. */
export function messagesOf({
  user,
  earlier,
}: Question): { role: 'user' | 'assistant'; content: string }[] {
  const asked = [{ role: 'user' as const, content: user }];
  if (!earlier) return asked;
  return [
    ...asked,
    { role: 'assistant', content: earlier.answer },
    { role: 'user', content: earlier.correction },
  ];
}

/** The most tokens that a question can use up: no tokenizer makes more of a text than it has bytes. */
export function worstUsage({ system, user, earlier, schema, maxOutputTokens }: Question): Usage {
  const text = [system, user, earlier?.answer, earlier?.correction, JSON.stringify(schema)].join(
    '',
  );
  return {
    inputTokens: Buffer.byteLength(text) + 200,
    outputTokens: maxOutputTokens,
  };
}

import { objectSchema, type AnswerSchema } from './answer-schema.js';

/** What a language model is asked about a script that it has written. Closed words, so that nothing of it is spoken. */

export const PARTS = ['opening', 'development', 'high point', 'closing'] as const;
export const MOODS = ['calm', 'tense', 'joyful', 'solemn', 'curious'] as const;
export const SHOTS = ['wide', 'medium', 'close-up'] as const;

/** What an arc may lack, and how the user is told. */
export const ARCS = {
  sound: '',
  'no opening': 'it goes into detail before it says what it is about',
  'no build-up': 'its scenes stand beside each other instead of leading anywhere',
  'no high point': 'nothing in it stands out',
  'no thread': 'its scenes have too little to do with each other',
  'wrong order': 'some scenes come before what they need',
  'no ending': 'it stops instead of coming to an end',
} as const;
export type Arc = keyof typeof ARCS;

export interface AnalysisAnswer {
  arc: Arc;
  level: 'easy' | 'moderate' | 'demanding';
  scenes: AnalysedAnswer[];
}

export interface AnalysedAnswer {
  /** Counted from 1, as the scenes were listed. */
  number: number;
  part: (typeof PARTS)[number];
  mood: (typeof MOODS)[number];
  shot: (typeof SHOTS)[number];
  /** 0 to 100. */
  importance: number;
  difficulty: number;
}

const choice = (description: string, values: readonly string[]): AnswerSchema => ({
  type: 'string',
  description,
  enum: values,
});
const percent = (description: string): AnswerSchema => ({ type: 'integer', description });

export const ANALYSIS_SCHEMA = objectSchema('How a script is built and how it feels.', {
  arc: choice('What the story lacks most.', Object.keys(ARCS)),
  level: choice('How much it asks of its audience.', ['easy', 'moderate', 'demanding']),
  scenes: {
    type: 'array',
    description: 'One entry for each scene that is listed, in order.',
    items: objectSchema('One scene.', {
      number: { type: 'integer', description: 'The number of the scene.' },
      part: choice('What it is for in the story.', PARTS),
      mood: choice('How it feels.', MOODS),
      shot: choice('From how far its picture is seen.', SHOTS),
      importance: percent('From 0 to 100: how much the film would miss it.'),
      difficulty: percent('From 0 to 100: how hard it is to follow by ear.'),
    }),
  },
});

import { DATA_KINDS } from '../figures/figure-of.js';
import { objectSchema, type AnswerSchema } from './answer-schema.js';

/** What a language model is asked to write: the one contract of all vendors, and the types of what comes back. */

export const CONTENT_KINDS = ['statement', 'list', 'number', 'quote', ...DATA_KINDS] as const;

export interface SceneAnswer {
  kind: string;
  narration: string;
  heading: string;
  points: string[];
  /** Empty where the pictures are asked for in a call of their own. */
  visualPrompt: string;
  keywords: string[];
}

export interface FilmAnswer {
  title: string;
  hook: string;
  scenes: SceneAnswer[];
  closing: string;
}

export interface PictureAnswer {
  /** Counted from 1, as the scenes were listed. */
  number: number;
  visualPrompt: string;
  keywords: string[];
}

const text = (description: string): AnswerSchema => ({ type: 'string', description });
const texts = (description: string, item: string): AnswerSchema => ({
  type: 'array',
  description,
  items: text(item),
});

const SPOKEN = {
  kind: {
    type: 'string',
    description: 'What the card shows while the scene is spoken.',
    enum: CONTENT_KINDS,
  },
  narration: text('What the narrator says: plain sentences to be read aloud, nothing else.'),
  heading: text('Two to six words on the card.'),
  points: texts(
    'list: two to five short lines. number: the figure, then its unit. quote: its source. ' +
      'bars, line: two to eight lines "name: number unit", all in one unit. timeline: "year: what happened". ' +
      'comparison: two lines "name: what it is like". steps: "what to do: how". statement: empty.',
    'At most ten words.',
  ),
} as const satisfies Record<string, AnswerSchema>;

const SEEN = {
  visualPrompt: text(
    'One English sentence that describes a picture of the scene, without words in it.',
  ),
  keywords: texts('Two to five English search words for a photograph.', 'One or two words.'),
} as const satisfies Record<string, AnswerSchema>;

/** The whole film with its pictures, for short ones. */
export const FILM_SCHEMA = filmSchema({ ...SPOKEN, ...SEEN });

/** What is said and written on cards; the pictures follow in a second call. */
export const TEXT_SCHEMA = filmSchema(SPOKEN);

export const PICTURES_SCHEMA = objectSchema('The pictures of a film.', {
  pictures: {
    type: 'array',
    description: 'One entry for each scene that is listed, in order.',
    items: objectSchema('The picture of one scene.', {
      number: { type: 'integer', description: 'The number of the scene.' },
      ...SEEN,
    }),
  },
});

function filmSchema(scene: Record<string, AnswerSchema>): AnswerSchema {
  return objectSchema('The script of a narrated film.', {
    title: text('The title of the film, at most sixty characters.'),
    hook: text('The first words that are spoken: one or two sentences that make people stay.'),
    scenes: {
      type: 'array',
      description: 'The scenes between hook and closing, in order.',
      items: objectSchema('One thought: what is said, and what is shown meanwhile.', scene),
    },
    closing: text('The last words that are spoken: one or two sentences that round the film off.'),
  });
}

import { FILM_BOUNDS, sentencesOf } from '@aura/proto';
import { z } from 'zod';
import { text } from './text.js';
import { translations } from './translations.js';
import { figure } from './timeline/figure-request.js';

/** Half an hour is some 30,000 characters of most languages. */
const MAX_CHARACTERS = 50_000;
const MAX_NARRATION = 2_500;
/** In characters; longer ones are no sentences, and nobody can speak them in one breath. */
const MAX_SENTENCE = 700;

const KINDS = ['title', 'statement', 'list', 'number', 'quote', 'closing'] as const;

const words = (max: number) => text(max).refine(hasWords, 'must hold words');

/** A scene of a script of the user's own. */
export const ownScene = z
  .strictObject(
    {
      narration: words(MAX_NARRATION)
        .refine(
          (value) => sentencesOf(value, 'und').every(({ length }) => length <= MAX_SENTENCE),
          `must not hold a sentence of more than ${MAX_SENTENCE} characters`,
        )
        .describe('What is said, as it is written.'),
      heading: words(60)
        .nullish()
        .describe('What its card is headed; from the narration unless given.'),
      kind: z
        .enum(KINDS, `must be one of ${KINDS.join(', ')}`)
        .nullish()
        .describe('What kind of card shows it; from narration and points unless given.'),
      points: z
        .array(words(80), 'must be a list')
        .max(6, 'must have at most 6 entries')
        .nullish()
        .describe('Lines of a list, the figure and its unit of a number, the source of a quote.'),
      visualPrompt: words(1_000)
        .nullish()
        .describe('What its picture shows, for providers that paint.'),
      keywords: z
        .array(words(40), 'must be a list')
        .max(8, 'must have at most 8 entries')
        .nullish()
        .describe('What its picture is searched by.'),
      figure: figure.nullish(),
      translations,
      assetId: z
        .uuid('must be the id of an uploaded picture or clip')
        .nullish()
        .describe('A picture or a clip from POST /api/assets that is shown while it is spoken.'),
    },
    'must be an object',
  )
  .superRefine(({ kind, points }, context) => {
    if ((kind !== 'list' && kind !== 'number') || (points?.length ?? 0) > 0) return;
    const message = `must not be empty for a scene of kind ${kind}`;
    context.addIssue({ code: 'custom', path: ['points'], message });
  })
  .meta({ id: 'GenerateScene' });

/** A script of the user's own: a text that is cut into scenes, or the scenes. */
export const ownScript = z
  .strictObject(
    {
      title: words(120).nullish().describe('Title of the film; from its words unless given.'),
      text: words(MAX_CHARACTERS).nullish().describe('Spoken as it is, cut into scenes.'),
      scenes: z
        .array(ownScene, 'must be a list')
        .min(1, 'must have at least 1 entry')
        .max(FILM_BOUNDS.maxScenes, `must have at most ${FILM_BOUNDS.maxScenes} entries`)
        .nullish()
        .describe('The scenes, in their order.'),
    },
    'must be an object',
  )
  .superRefine((script, context) => {
    const refuse = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (script.text == null && script.scenes == null) refuse([], 'must have text or scenes');
    if (script.text != null && script.scenes != null)
      refuse(['text'], 'must not stand beside scenes');
    if (spokenText(script).length > MAX_CHARACTERS) {
      refuse(
        ['scenes'],
        `must have at most ${MAX_CHARACTERS.toLocaleString('en-US')} characters in all`,
      );
    }
  })
  .describe(
    'A script of your own, which is spoken word for word. The film is as long as it takes to speak.',
  )
  .meta({ id: 'GenerateScript' });

export type OwnScriptRequest = z.output<typeof ownScript>;

/** All that is said. */
export function spokenText({
  text: whole,
  scenes,
}: Pick<OwnScriptRequest, 'text' | 'scenes'>): string {
  return whole ?? (scenes ?? []).map(({ narration }) => narration).join('\n');
}

function hasWords(value: string): boolean {
  return /[\p{L}\p{N}]/u.test(value);
}

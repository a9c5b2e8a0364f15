import { FILM_BOUNDS } from '@aura/proto';
import { z } from 'zod';
import { clipPiece, overlaySchema, pieceProblems } from '../style/overlay-request.js';
import { soundSchema } from '../style/sound-request.js';
import {
  assetId,
  colour,
  FITS,
  MOTIONS,
  oneOf,
  transitionLook,
  whole,
  within,
} from '../style/values.js';
import { languageTag, text } from '../text.js';
import { MOST_LANGUAGES, repeated } from '../translations.js';
import { figure } from './figure-request.js';

/** Half an hour of 60 pictures a second. */
const MOST_FRAMES = 108_000;
const MOST_NARRATIONS = 240;
const MOST_CHARACTERS = 50_000;
const MOST_CAPTIONS = 3_000;
const MOST_OVERLAYS = 500;
const MOST_SOUNDS = 100;
const MOST_CHAPTERS = 100;

const start = whole(0, MOST_FRAMES).describe('The frame that it begins at, from 0.');
const frames = whole(1, MOST_FRAMES).describe('How many frames it lasts.');

function list<T extends z.ZodType>(of: T, most: number) {
  return z.array(of, 'must be a list').max(most, `must have at most ${most} entries`).nullish();
}

const part = z
  .strictObject({ x: within(0, 1), y: within(0, 1), width: within(0.05, 1) }, 'must be an object')
  .describe('A part of the picture with the shape of the frame: its centre and its width.')
  .meta({ id: 'GeneratePart' });

const motion = z
  .union([
    oneOf(MOTIONS),
    z.strictObject({
      from: part,
      to: part,
      easing: oneOf(['linear', 'ease-in', 'ease-out', 'ease-in-out']).nullish(),
    }),
  ])
  .describe('How the picture moves; none where absent.');

const SOURCES = ['assetId', 'clip', 'prompt', 'figure', 'colour'] as const;

const visual = z
  .strictObject(
    {
      frames,
      assetId: assetId('picture').nullish().describe('A picture from POST /api/assets.'),
      clip: z
        .strictObject({ assetId: assetId('clip'), ...clipPiece }, 'must be an object')
        .nullish()
        .describe('A piece of a clip from POST /api/assets.')
        .meta({ id: 'GenerateClip' }),
      prompt: text(1_000).nullish().describe('What is pictured by the providers of pictures.'),
      keywords: list(text(40), 8).describe('What is searched for where pictures are found.'),
      figure: figure.nullish(),
      colour: colour().nullish(),
      fit: oneOf(FITS).nullish().describe('cover where absent.'),
      motion: motion.nullish(),
      transition: z
        .strictObject({ ...transitionLook, frames }, 'must be an object')
        .nullish()
        .describe('From the visual before, over the first frames of this one; a cut where absent.')
        .meta({ id: 'GenerateFrameTransition' }),
    },
    'must be an object',
  )
  .superRefine((one, context) => {
    const refuse = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const given = SOURCES.filter((source) => one[source] != null);
    if (given.length !== 1) refuse([], `must have one of ${SOURCES.join(', ')}`);
    for (const [name, message] of pieceProblems(one.clip ?? {})) refuse(['clip', name], message);
    if (one.motion != null && one.assetId == null && one.prompt == null) {
      refuse(['motion'], 'must be of a picture');
    }
    if (one.keywords != null && one.prompt == null) {
      refuse(['keywords'], 'must stand beside a prompt');
    }
  })
  .meta({ id: 'GenerateVisual' });

const narration = z
  .strictObject(
    {
      start,
      frames: frames
        .nullish()
        .describe('What it must not take longer than; until the next one where absent.'),
      text: text(2_500).nullish().describe('What is said, as it is written.'),
      assetId: assetId('sound')
        .nullish()
        .describe('A recording from POST /api/assets that is heard in the place of a text.'),
    },
    'must be an object',
  )
  .superRefine(({ text: words, assetId: recording }, context) => {
    if ((words == null) !== (recording == null)) return;
    context.addIssue({ code: 'custom', message: 'must have either text or assetId' });
  })
  .meta({ id: 'GenerateNarration' });

const lines = z
  .array(text(120), 'must be a list')
  .min(1, 'must have at least 1 entry')
  .max(2, 'must have at most 2 entries');

const caption = z
  .strictObject(
    {
      start,
      frames,
      lines,
      words: list(z.strictObject({ text: text(60), start, frames }, 'must be an object'), 60),
    },
    'must be an object',
  )
  .meta({ id: 'GenerateCaption' });

const captionTrack = z
  .strictObject(
    {
      language: languageTag(),
      captions: list(
        z
          .strictObject({ start, frames, lines }, 'must be an object')
          .meta({ id: 'GenerateTrackCaption' }),
        MOST_CAPTIONS,
      ),
    },
    'must be an object',
  )
  .meta({ id: 'GenerateCaptionTrack' });

const fades = {
  fadeInFrames: whole(0, MOST_FRAMES).nullish(),
  fadeOutFrames: whole(0, MOST_FRAMES).nullish(),
};

/** A film as its user has cut it; times in frames of the film. */
export const timeline = z
  .strictObject(
    {
      title: text(120).nullish().describe('Title of the film; from its words where absent.'),
      visuals: z
        .array(visual, 'must be a list')
        .min(1, 'must have at least 1 entry')
        .max(FILM_BOUNDS.maxScenes, `must have at most ${FILM_BOUNDS.maxScenes} entries`)
        .describe('What is seen, one after the other.'),
      narration: list(narration, MOST_NARRATIONS).describe('What is said, in order.'),
      captions: list(caption, MOST_CAPTIONS).describe('Of the narration where absent.'),
      captionTracks: list(captionTrack, MOST_LANGUAGES).describe(
        'Captions in other languages, which players can turn on: a track for each of them.',
      ),
      overlays: list(overlaySchema({ start, frames }, 'GenerateFrameOverlay'), MOST_OVERLAYS),
      sounds: list(soundSchema({ start, frames, ...fades }, 'GenerateFrameSound'), MOST_SOUNDS),
      chapters: list(
        z.strictObject({ start, title: text(120) }, 'must be an object'),
        MOST_CHAPTERS,
      ),
    },
    'must be an object',
  )
  .superRefine(({ narration: words, captionTracks }, context) => {
    for (const at of repeated(captionTracks ?? [])) {
      const path = ['captionTracks', at, 'language'];
      context.addIssue({ code: 'custom', path, message: 'must be there once' });
    }
    const said = (words ?? []).reduce((sum, one) => sum + (one.text?.length ?? 0), 0);
    if (said <= MOST_CHARACTERS) return;
    const most = MOST_CHARACTERS.toLocaleString('en-US');
    const message = `must have at most ${most} characters in all`;
    context.addIssue({ code: 'custom', path: ['narration'], message });
  })
  .describe('A film as you have cut it, in frames: it gets exactly these.')
  .meta({ id: 'GenerateTimeline' });

export type TimelineRequest = z.output<typeof timeline>;

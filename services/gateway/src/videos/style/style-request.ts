import { z } from 'zod';
import { text } from '../text.js';
import { ANCHORS, overlaySchema } from './overlay-request.js';
import { music, soundSchema } from './sound-request.js';
import {
  assetId,
  colour,
  FITS,
  MOTIONS,
  oneOf,
  transitionLook,
  within,
  yesOrNo,
} from './values.js';

export const MOST_OVERLAYS = 50;

/** Half an hour is the longest film. */
const moment = within(0, 1_800);
const seconds = {
  atSeconds: moment.nullish().describe('When it comes; at the beginning where absent.'),
  seconds: within(0.1, 1_800).nullish().describe('For how long; until the end where absent.'),
};

export const styleOverlay = overlaySchema(seconds, 'GenerateOverlay');
export const styleSound = soundSchema(
  { ...seconds, fadeInSeconds: within(0, 30).nullish(), fadeOutSeconds: within(0, 30).nullish() },
  'GenerateSound',
);

export const captions = z
  .strictObject(
    {
      mode: oneOf(['burned', 'soft', 'both', 'none'])
        .nullish()
        .describe(
          'Drawn into the picture, a track of the file, both or neither; burned where absent.',
        ),
      look: oneOf(['boxed', 'clean', 'karaoke', 'word'])
        .nullish()
        .describe(
          'boxed where absent; karaoke: the word that is said stands out; word: one at a time.',
        ),
      position: oneOf(['bottom', 'middle', 'top'])
        .nullish()
        .describe('Within what the platform leaves free; bottom where absent.'),
      accent: colour().nullish().describe('Of the word that is said.'),
    },
    'must be an object',
  )
  .meta({ id: 'GenerateCaptions' });

const watermark = z
  .strictObject(
    {
      text: text(80).nullish(),
      assetId: assetId('picture').nullish().describe('A picture from POST /api/assets.'),
      anchor: oneOf(ANCHORS).nullish().describe('top-right where absent.'),
      margin: within(0, 0.4).nullish().describe('0.05 of the short side where absent.'),
      opacity: within(0.05, 1).nullish().describe('0.7 where absent.'),
      width: within(0.01, 1).nullish().describe('Of a picture: 0.12 of the width where absent.'),
    },
    'must be an object',
  )
  .superRefine(({ text: words, assetId: id }, context) => {
    if ((words == null) !== (id == null)) return;
    context.addIssue({ code: 'custom', message: 'must have either text or assetId' });
  })
  .meta({ id: 'GenerateWatermark' });

const progressBar = z
  .strictObject(
    { position: oneOf(['top', 'bottom']).nullish(), colour: colour().nullish() },
    'must be an object',
  )
  .meta({ id: 'GenerateProgressBar' });

/** Loudness, channels and cleaning: what holds for a film's sound whatever is heard in it. */
export const mastering = {
  loudnessLufs: within(-40, -5)
    .nullish()
    .describe('Loudness of the film; that of the platform where absent.'),
  mono: yesOrNo().nullish(),
  denoise: yesOrNo().nullish().describe('Takes noise out of the narration.'),
};

const sound = z
  .strictObject(
    {
      music: music.nullish(),
      sounds: z
        .array(styleSound, 'must be a list')
        .max(MOST_OVERLAYS, `must have at most ${MOST_OVERLAYS} entries`)
        .nullish()
        .describe('Effects and ambience at times of the film.'),
      ...mastering,
    },
    'must be an object',
  )
  .meta({ id: 'GenerateStyleSound' });

/** How a film looks and sounds, whatever it is about. */
export const filmStyle = z
  .strictObject(
    {
      motion: oneOf(MOTIONS).nullish().describe('How pictures move; auto where absent.'),
      fit: oneOf(FITS)
        .nullish()
        .describe(
          'How pictures of another shape lie in the frame: cover where absent, contain, or blur.',
        ),
      transition: z
        .strictObject(
          {
            ...transitionLook,
            seconds: within(0.1, 3).nullish().describe('0.5 where absent.'),
          },
          'must be an object',
        )
        .nullish()
        .describe('From one scene to the next; a crossfade where absent.')
        .meta({ id: 'GenerateTransition' }),
      captions: captions.nullish(),
      overlays: z
        .array(styleOverlay, 'must be a list')
        .max(MOST_OVERLAYS, `must have at most ${MOST_OVERLAYS} entries`)
        .nullish()
        .describe('Drawn over the film in this order.'),
      watermark: watermark.nullish(),
      progressBar: progressBar.nullish(),
      sound: sound.nullish(),
      figures: yesOrNo()
        .nullish()
        .describe(
          'Data of scenes are drawn as figures that build themselves up; true where absent.',
        ),
      credits: yesOrNo()
        .nullish()
        .describe('Stock pictures name their author in a corner for 4 s; true where absent.'),
    },
    'must be an object',
  )
  .describe('How the film looks and sounds.')
  .meta({ id: 'GenerateStyle' });

export type StyleRequest = z.output<typeof filmStyle>;

import {
  CODEC_NAMES,
  CONTAINER_NAMES,
  FRACTIONAL_RATES,
  PLATFORM_NAMES,
  QUALITIES,
  QUALITY_ALIASES,
} from '@aura/proto';
import { z } from 'zod';

export const ASPECTS = ['16:9', '9:16', '1:1', '4:5'] as const;

const QUALITY_NAMES = [...QUALITIES, ...Object.keys(QUALITY_ALIASES)] as [string, ...string[]];
const RATE_NAMES = Object.keys(FRACTIONAL_RATES) as [string, ...string[]];
const RATE_MESSAGE = `must be a whole number from 12 to 60, or one of ${RATE_NAMES.join(', ')}`;

const yesOrNo = z.boolean('must be true or false').nullish();

export const quality = z
  .enum(QUALITY_NAMES, `must be one of ${QUALITY_NAMES.join(', ')}`)
  .nullish()
  .describe(
    'Short side of 360 px (draft), 1080 px (standard, premium) or 1440 px (maximum), and how much time the encoder takes. low and fast are draft; balanced and medium are standard; high is premium; best is maximum.',
  );

/** How one film of a job is to be shaped, encoded and packed. */
export const output = z
  .strictObject(
    {
      platform: z
        .enum(PLATFORM_NAMES, `must be one of ${PLATFORM_NAMES.join(', ')}`)
        .nullish()
        .describe(
          'Where the film is to be shown: fills in shape, size, loudness and safe areas, and refuses what is not taken there. See docs/platforms.md.',
        ),
      quality,
      aspect: z
        .enum(ASPECTS, `must be one of ${ASPECTS.join(', ')}`)
        .nullish()
        .describe('Shape of the picture; that of the platform, else 16:9, where absent.'),
      frameRate: z
        .union(
          [z.int().min(12).max(60), z.enum(RATE_NAMES), z.literal([23.976, 29.97, 59.94])],
          RATE_MESSAGE,
        )
        .nullish()
        .describe('Pictures a second; 23.976, 29.97 and 59.94 are 24, 30 and 60 × 1000/1001.'),
      codec: z
        .enum(CODEC_NAMES, `must be one of ${CODEC_NAMES.join(', ')}`)
        .nullish()
        .describe('That of the container, else h264, where absent.'),
      container: z
        .enum(CONTAINER_NAMES, `must be one of ${CONTAINER_NAMES.join(', ')}`)
        .nullish()
        .describe('That of the codec, else mp4, where absent; m4a and mp3 hold sound alone.'),
      crf: z
        .int('must be a whole number')
        .min(1, 'must be at least 1')
        .max(63, 'must be at most 63')
        .nullish()
        .describe('Constant quality in the measure of the codec: less is better and larger.'),
      bitRateKbps: z
        .int('must be a whole number')
        .min(64, 'must be at least 64')
        .max(200_000, 'must be at most 200000')
        .nullish()
        .describe('Mean bit rate of the pictures, instead of a constant quality.'),
      twoPass: yesOrNo.describe(
        'Looks at each scene twice; true for premium and maximum where absent.',
      ),
      bitDepth: z.literal([8, 10], 'must be 8 or 10').nullish(),
      hdr10: yesOrNo.describe(
        '10 bit, BT.2020 and PQ, with HDR10 metadata; hevc where no codec is given.',
      ),
      hls: yesOrNo.describe('Also a ladder of three sizes for HTTP streaming.'),
      preview: z
        .enum(['gif', 'webp'], 'must be gif or webp')
        .nullish()
        .describe('Also the first seconds as a picture that moves.'),
      hardware: z
        .enum(['auto', 'none', 'nvidia'], 'must be auto, none or nvidia')
        .nullish()
        .describe(
          'What encodes: graphics hardware where a worker has some and processors where that fails (auto, or absent), processors alone (none), or NVIDIA’s hardware alone: the job fails where it does (nvidia).',
        ),
      audioOnly: yesOrNo.describe('Narration and music without pictures, as m4a or mp3.'),
    },
    'must be an object',
  )
  .describe('How the film is shaped, encoded and packed. What does not go together is refused.')
  .meta({ id: 'FilmOutput' });

export const MOST_OUTPUTS = 5;

export const outputs = z
  .array(output)
  .max(MOST_OUTPUTS, `must be at most ${MOST_OUTPUTS}`)
  .nullish()
  .describe(
    'Further films of the same scenes. Shape, quality and rate are those of the first where one leaves them open.',
  );

export type OutputRequest = z.output<typeof output>;

import { OWN_MEDIA } from '@aura/proto';
import { z } from 'zod';
import { tags } from '../jobs/tags.js';
import { delivery, preset, prompts, tuning } from './making-options.js';
import { documents } from './documents.js';
import { filmStyle } from './style/style-request.js';
import { timeline } from './timeline/timeline-request.js';
import { filmProblems } from './output/films-of.js';
import { askedMs } from './length-of.js';
import { ASPECTS, output, outputs, quality } from './output/output-request.js';
import { approvalProblem, approvals } from './approvals-option.js';
import { ownScript, type OwnScriptRequest } from './own-script.js';
import { languageTag, text } from './text.js';

/** The provider of scripts that the request brings itself. */
export const OWN = 'own';

/** 5 seconds as people write them in minutes: rounded to three places. */
const MIN_MINUTES = 0.083;
const MAX_MINUTES = 30;

const provider = z
  .string('must be a text')
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be the name of a provider, or auto')
  .nullish();

const providers = z
  .strictObject(
    {
      script: provider.describe('Who writes the script.'),
      voice: provider.describe('Who speaks.'),
      visuals: provider.describe('Who makes the pictures.'),
    },
    'must be an object',
  )
  .describe(
    'Providers by name, see GET /api/providers. One that is named is not replaced: the job fails where it fails. `auto`, or absent: the best that is configured, replaced where it fails.',
  )
  .meta({ id: 'ProviderChoice' });

const options = z
  .strictObject(
    {
      audience: text(200).nullish().describe('For whom the film is, in a few words.'),
      aspect: z
        .enum(ASPECTS, `must be one of ${ASPECTS.join(', ')}`)
        .nullish()
        .describe('Shape of the picture; 16:9 where absent.'),
      fps: z
        .int('must be a whole number')
        .min(12, 'must be at least 12')
        .max(60, 'must be at most 60')
        .nullish()
        .describe('Frames per second; 30 where absent.'),
      language: languageTag()
        .nullish()
        .describe(
          'BCP 47 tag of the film; that of the voice, else that of the brief, where absent.',
        ),
      quality,
      output: output.nullish(),
      outputs,
      preset,
      delivery: delivery.nullish(),
      tuning: tuning.nullish(),
      prompts: prompts.nullish(),
      style: filmStyle.nullish(),
      rollingPreview: z
        .boolean('must be true or false')
        .nullish()
        .describe(
          'A small film of the scenes that are there, at GET /api/videos/{id}/preview. False where absent.',
        ),
      providers: providers.nullish(),
      budgetUsd: z
        .number('must be a number')
        .min(0, 'must be at least 0')
        .max(10_000, 'must be at most 10000')
        .nullish()
        .describe(
          'The most that the job may spend with providers, in US dollars; 0: free ones only.',
        ),
      overBudget: z
        .enum(['use-free', 'fail'], 'must be use-free or fail')
        .nullish()
        .describe('What happens where the budget does not hold: use-free where absent.'),
      autoRetry: z
        .int('must be a whole number')
        .min(0, 'must be at least 0')
        .max(3, 'must be at most 3')
        .nullish()
        .describe(
          'How many times the job is tried again by itself, later and later, where it fails of something that may pass. 0 where absent.',
        ),
      approvals,
      tags: tags.nullish(),
      offline: z
        .boolean('must be true or false')
        .nullish()
        .describe('True: nothing leaves the machines that Aura runs on. False where absent.'),
    },
    'must be an object',
  )
  .meta({ id: 'GenerateOptions' });

/** The body of `POST /api/videos/generate`. Null means absent; a member that is not listed is refused. */
export const generateRequest = z
  .strictObject(
    {
      brief: text(100_000)
        .nullish()
        .describe(
          'A topic, a request, an outline or a full text. Needed unless there is a script or a timeline.',
        ),
      script: ownScript.nullish(),
      documents: documents.nullish(),
      timeline: timeline.nullish(),
      voiceId: z
        .string('must be a text')
        .regex(/^[\w.:-]{1,100}$/, 'must be at most 100 letters, digits and . _ : -')
        .nullish()
        .describe('A logical voice such as en-US-narrator-f.'),
      style: text(60)
        .nullish()
        .describe(
          'documentary, tutorial, listicle, news, story or promo; others map to the nearest. Where absent the brief decides.',
        ),
      durationMinutes: z
        .number('must be a number')
        .min(MIN_MINUTES, 'must be at least 0.083 (5 seconds)')
        .max(MAX_MINUTES, 'must be at most 30')
        .nullish()
        .describe(
          'Length of the film; where absent the one that the brief asks for ("a 30 second video about …"), else 1. A script of your own is not fitted to it.',
        ),
      options: options.nullish(),
    },
    'must be a JSON object',
  )
  .superRefine((request, context) => {
    const { script, documents: given, options: wishes } = request;
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const isTold = request.brief != null || script != null || request.timeline != null;
    if (!isTold) refuse(['brief'], 'must be a text');
    for (const [path, message] of besideTimeline(request)) refuse(path, message);
    if (script != null && given != null) {
      refuse(['documents'], 'must not stand beside a script of your own');
    }
    const writer = wishes?.providers?.script ?? 'auto';
    if (script != null && !isAuto(writer) && writer !== OWN) {
      refuse(['options', 'providers', 'script'], 'must not be chosen where there is a script');
    }
    if (script == null && writer === OWN) {
      refuse(['script'], 'must be there for the provider own to speak it');
    }
    if (wishes?.providers?.visuals === OWN_MEDIA && !isPicturedByItself(script)) {
      refuse(
        ['options', 'providers', 'visuals'],
        'must not be own-media where a scene brings no picture of its own',
      );
    }
    const odd = approvalProblem(wishes?.approvals, request.timeline != null);
    if (odd) refuse(['options', 'approvals'], odd);
    for (const { path, message } of filmProblems(wishes ?? {}, askedMs(request))) {
      refuse(['options', ...path], message);
    }
  })
  .meta({
    id: 'GenerateRequest',
    example: {
      brief: 'Why the sea is salty',
      style: 'documentary',
      durationMinutes: 0.5,
      options: { aspect: '16:9', quality: 'draft' },
    },
  });

/** Whether a stage's provider is left to Aura. `automatic` is taken as well as the documented `auto`. */
export function isAuto(provider: string): boolean {
  return provider === 'auto' || provider === 'automatic';
}

export type GenerateRequest = z.output<typeof generateRequest>;

interface Wishes {
  timeline?: unknown;
  script?: unknown;
  documents?: unknown;
  durationMinutes?: unknown;
  options?: { style?: Partial<Record<string, unknown>> | null } | null;
}

/** A timeline says what is seen and said, and when; what else would say so must not stand beside it. */
function besideTimeline(request: Wishes): [string[], string][] {
  if (request.timeline == null) return [];
  const message = 'must not stand beside a timeline';
  const members = ['script', 'documents', 'durationMinutes'] as const;
  const style = request.options?.style ?? {};
  return [
    ...members.filter((name) => request[name] != null).map((name) => [name]),
    ...['motion', 'fit', 'transition']
      .filter((name) => style[name] != null)
      .map((name) => ['options', 'style', name]),
  ].map((path) => [path, message]);
}

/** Whether every scene brings its picture. */
function isPicturedByItself(script: OwnScriptRequest | null | undefined): boolean {
  const scenes = script?.scenes ?? [];
  return scenes.length > 0 && scenes.every(({ assetId }) => assetId != null);
}

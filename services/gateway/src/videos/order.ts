import {
  FILM_BOUNDS,
  type Budget,
  type MakeVideoInput,
  type OwnScript,
  type ProviderChoice,
  type VoiceSpec,
} from '@aura/proto';
import { likelySpeechMs } from '@aura/provider';
import { approvalsOf } from './approvals-option.js';
import { isAuto, OWN, type GenerateRequest } from './generate-request.js';
import { PRESETS, type PresetName } from './making-options.js';
import { languageOf } from './language-of.js';
import { askedMs, withinBounds } from './length-of.js';
import { filmsOf } from './output/films-of.js';
import { spokenText, type OwnScriptRequest } from './own-script.js';
import { styleOf } from './style/style-of.js';
import { durationMsOf, wordsOf, writtenIn } from './timeline/timeline-of.js';
import { figureFrom } from './timeline/figure-request.js';

/** What a job is asked to make: the workflow's input without the reference to its job. */
export type Order = Omit<MakeVideoInput, 'job'>;

/** How long a film is of which nobody says it. */
const USUAL_MS = 60_000;

type Options = NonNullable<GenerateRequest['options']>;

/**
 * Fills in what a request leaves open. Equal requests give equal orders. A style is not filled in: the
 * script stage finds one in the brief's own words.
 */
export function orderFrom(request: GenerateRequest, preset: PresetName = 'default'): Order {
  const options = withPreset(request.options ?? {}, preset);
  const { script, timeline } = request;
  const spoken = timeline ? wordsOf(timeline) : script ? spokenText(script) : (request.brief ?? '');
  const language =
    options.language ??
    languageOfVoice(request.voiceId) ??
    languageOf(timeline ? writtenIn(timeline) : spoken);
  const targetDurationMs =
    askedMs(request) ?? withinBounds(script ? likelySpeechMs(spoken) : USUAL_MS);
  const films = filmsOf(options, targetDurationMs);
  const isOwn = script != null || timeline != null;
  return {
    brief: {
      text:
        request.brief ?? timeline?.title ?? Array.from(spoken).slice(0, SAMPLE_CHARACTERS).join(''),
      style: request.style ?? '',
      audience: options.audience ?? '',
      language,
    },
    plan: {
      targetDurationMs: timeline ? durationMsOf(timeline, films.render) : targetDurationMs,
      maxScenes: FILM_BOUNDS.maxScenes,
    },
    voice: {
      voiceId: request.voiceId ?? `${language}-narrator-f`,
      language,
      ...deliveryOf(options),
    },
    ...films,
    ...(options.rollingPreview ? { rollingPreview: true } : {}),
    ...(options.style ? { style: styleOf(options.style, films.render, noFiles) } : {}),
    ...choiceOf(isOwn ? { ...options, providers: { ...options.providers, script: OWN } } : options),
    ...budgetOf(options),
    ...approvalsOf(options.approvals),
    ...writingOf(options),
    ...(script ? { script: ownScriptOf(script) } : {}),
  };
}

/** Files are put in where they are looked up, see withMaterial. */
function noFiles(): undefined {
  return undefined;
}

/** What the request says stands above the preset that it names, and that above the one of the installation. */
function withPreset(options: Options, preset: PresetName): Options {
  const given = Object.entries(options).filter(([, value]) => value != null);
  return { ...PRESETS[options.preset ?? preset], ...Object.fromEntries(given) };
}

function deliveryOf({ delivery }: Options): Pick<VoiceSpec, 'delivery'> {
  if (!delivery) return {};
  const { speed, pauses, pronunciations } = delivery;
  return {
    delivery: { speed: speed ?? 0, pauses: pauses ?? 0, pronunciations: pronunciations ?? [] },
  };
}

/** Scripts are analysed unless that is not wanted; nothing where nothing is asked for, so that such orders are equal. */
function writingOf({ tuning, prompts }: Options): Pick<MakeVideoInput, 'tuning' | 'prompts'> {
  const { pacing, narration } = { pacing: tuning?.pacing, narration: tuning?.narration };
  const analysis = tuning?.analysis ?? true;
  return {
    ...(pacing || narration || analysis
      ? { tuning: { pacing: pacing ?? false, narration: narration ?? false, analysis } }
      : {}),
    ...(prompts?.script || prompts?.pictures
      ? { prompts: { script: prompts.script ?? '', pictures: prompts.pictures ?? '' } }
      : {}),
  };
}

/** What a film of the user's own script is known by where there is no brief, and the voice's pace is measured on. */
const SAMPLE_CHARACTERS = 600;

function ownScriptOf({ text, title, scenes }: OwnScriptRequest): OwnScript {
  return {
    text: text ?? '',
    title: title ?? '',
    scenes: (scenes ?? []).map((scene) => ({
      narration: scene.narration,
      heading: scene.heading ?? '',
      kind: scene.kind ?? '',
      points: scene.points ?? [],
      visualPrompt: scene.visualPrompt ?? '',
      keywords: scene.keywords ?? [],
      ...(scene.figure ? { figure: figureFrom(scene.figure) } : {}),
    })),
  };
}

/** Nothing where everything is left to Aura: such orders stay as they were before there was a choice. */
function choiceOf({ providers, offline }: Options): { choice?: ProviderChoice } {
  const choice = {
    script: named(providers?.script),
    voice: named(providers?.voice),
    visuals: named(providers?.visuals),
    offline: offline ?? false,
  };
  const isAutomatic = Object.values(choice).every((wish) => wish === '' || wish === false);
  return isAutomatic ? {} : { choice };
}

function budgetOf({ budgetUsd, overBudget }: Options): { budget?: Budget } {
  const strict = overBudget === 'fail';
  const cap = typeof budgetUsd === 'number' ? { capUsd: budgetUsd } : {};
  return 'capUsd' in cap || strict ? { budget: { ...cap, strict } } : {};
}

function named(name: string | null | undefined): string {
  return name && !isAuto(name) ? name : '';
}

/** `de-DE-narrator-m` speaks de-DE. */
function languageOfVoice(voiceId: string | null | undefined): string | undefined {
  return /^[a-z]{2,3}-[A-Z]{2}(?=-)/.exec(voiceId ?? '')?.[0];
}

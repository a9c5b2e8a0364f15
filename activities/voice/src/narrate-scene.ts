import { Failure } from '@aura/failure';
import type { Narration, NarrateSceneRequest, Warning } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { activitySignal, progress, unitOfWork } from '@aura/work';
import { deliveryInputs, understandDelivery } from './delivery.js';
import { timekeepersIn } from './reference-voice.js';
import { knownVoice } from './resolve-voice.js';
import { SENTENCE_PAUSE_MS } from './sound/join-speech.js';
import { masterNarration, type MasteredNarration } from './sound/master-narration.js';
import { BadSound, type Sound } from './sound/wav.js';
import { silence, speakNarration } from './speak-narration.js';
import { canBeSaid } from './takes.js';
import { narrationText, type NarrationText } from './text/narration-text.js';
import { isCutShort } from './text/speakable.js';
import { MS_PER_LETTER, speechWeight } from './text/speech-weight.js';
import type { SpeakOptions, VoiceProvider } from './voice-provider.js';

export interface VoiceDependencies {
  store: ArtifactStore;
  providers: readonly VoiceProvider[];
  ffmpegPath: string;
}

/** Bumped whenever the same words would sound or be timed differently. */
const RECIPE = 3;
/** A narration that would last longer than any film is refused before it is spoken. */
const LONGEST_TEXT = 60_000;
const LONGEST_NARRATION_MS = 35 * 60_000;

/**
 * Speaks one scene: WAV (mono, 48 kHz, 16 bit, −22 LUFS) and the times of its words as a blob of
 * SpeechTimings. The file begins with 80 ms of silence and ends with 270 ms; word times count from its
 * start; its duration is a whole number of ms, exact to the sample. A scene in which nothing can be said
 * (emoji, marks) becomes two seconds of silence without words and a warning `NothingToSay`, because one
 * such scene must not cost the film. Idempotent: equal text, voice and program version are spoken once.
 * Errors: VoiceUnavailable, VoiceFailed, NarrationInvalid, NarrationTooLong, InvalidInput, those of FFmpeg and of the store, and
 * those of `Vendors` where the voice is asked over the network.
 */
export async function narrateScene(
  { store, providers, ffmpegPath }: VoiceDependencies,
  request: NarrateSceneRequest,
): Promise<Narration> {
  const resolved = await knownVoice(providers, request.provider, request.voice, activitySignal());
  const { provider, voice, language } = resolved;
  const delivery = understandDelivery(request.voice);
  const text = narrationText(request.text.slice(0, LONGEST_TEXT), language);
  if (request.text.length > LONGEST_TEXT || shortestMs(text) > LONGEST_NARRATION_MS) {
    throw new Failure('InvalidInput:text', 'The narration of one scene is too long.');
  }
  // The region shows in the voice; what else the language decides is how the text is cut.
  const inputs = {
    voice: voice.id ?? voice.name,
    language: new Intl.Locale(language).language,
    text: text.shown,
    version: await provider.version(activitySignal()),
    ...deliveryInputs(delivery),
  };
  const narration = await unitOfWork<Narration>(
    store,
    { job: request.job, unit: 'narrateScene', provider: provider.name, recipe: RECIPE, inputs },
    async ({ scratch, key, signal }) => {
      const isSilent = !text.pieces.some(canBeSaid);
      const speech = isSilent
        ? silence()
        : await speakNarration({ ...resolved, delivery }, text, {
            scratch,
            signal,
            ffmpegPath,
            unit: { videoId: request.job.videoId, key, capUsd: request.job.capUsd },
            kept: { store, job: request.job },
            timekeepers: timekeepersIn(providers),
          });
      progress(92, 'levelling the sound');
      const mastered = await master(speech.sound, ffmpegPath, { scratch, signal });
      return {
        audio: await store.putFile(mastered.file, 'audio/wav'),
        timings: await store.putBytes(JSON.stringify(speech.timings), 'application/json'),
        durationMs: mastered.durationMs,
        provider: provider.name,
        voice: voice.name,
        unitKey: key,
        warnings: [],
      };
    },
  );
  refuseTooLong(narration, request);
  const warnings = [...resolved.warnings, ...textWarnings(text, request.sceneId)];
  return { ...narration, warnings };
}

/** The place of a narration in a film may be fixed. Errors: NarrationTooLong. */
export function refuseTooLong(
  { durationMs }: Narration,
  { maxMs, sceneId }: Pick<NarrateSceneRequest, 'maxMs' | 'sceneId'>,
): void {
  if (maxMs === undefined || durationMs <= maxMs) return;
  const [lasts, place] = [durationMs, maxMs].map((ms) => (ms / 1_000).toFixed(1));
  throw new Failure(
    'NarrationTooLong',
    `The narration ${sceneId} lasts ${lasts} s; its place in the timeline ${place} s.`,
  );
}

/** Even hurried speech takes so long. */
function shortestMs({ pieces }: NarrationText): number {
  const words = pieces.flatMap((piece) => piece.words);
  const weight = words.reduce((sum, { text }) => sum + speechWeight(text.slice(0, 100)), 0);
  return pieces.length * SENTENCE_PAUSE_MS + (weight * MS_PER_LETTER) / 2;
}

async function master(
  sound: Sound,
  ffmpegPath: string,
  options: SpeakOptions,
): Promise<MasteredNarration> {
  try {
    return await masterNarration(sound, { ffmpegPath, ...options });
  } catch (error) {
    if (!(error instanceof BadSound)) throw error;
    throw new Failure('NarrationInvalid', 'The narration was lost while it was levelled.', {
      details: error.message,
      cause: error,
    });
  }
}

function textWarnings(text: NarrationText, sceneId: string): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) =>
    warnings.push({ code, message, stage: 'voice', sceneId });
  if (!text.pieces.some(canBeSaid)) {
    warn('NothingToSay', 'The scene has no words that can be spoken; it is shown in silence.');
  }
  if (text.pieces.some(({ words }) => words.some((word) => isCutShort(word.text)))) {
    warn('WordCutShort', 'A very long word is shown whole but spoken only in part.');
  }
  return warnings;
}

import { Failure } from '@aura/failure';
import type { MeasurePaceRequest, Pace } from '@aura/proto';
import { activitySignal, progress, unitOfWork } from '@aura/work';
import { fitPace, type SpokenSentence } from './fit-pace.js';
import type { VoiceDependencies } from './narrate-scene.js';
import { paceSample } from './pace-samples.js';
import { resolveVoice } from './resolve-voice.js';
import { FRAME_MS, heardSpan } from './sound/envelope.js';
import { CLAUSE_PAUSE_MS, SENTENCE_PAUSE_MS } from './sound/join-speech.js';
import { checkedPiece } from './speak-pieces.js';
import { canBeSaid } from './speak-narration.js';
import { narrationText, type Piece } from './text/narration-text.js';

const RECIPE = 2;
/** Enough speech to measure a pace by; what a longer sample has more is not spoken. In characters. */
const LONGEST_SAMPLE = 1_500;

/**
 * Speaks a sample and measures the voice's pace, so that narrations of other texts last
 * `msPerCharacter × characters + msPerSentence × sentences` (`spokenMs` of @aura/proto: code points with
 * white space as one space; sentences as `sentencesOf` cuts them). Every sentence of the sample, short and
 * long ones, is one observation of the fit; the silence that a narration has at its ends and between
 * sentences is part of the time per sentence. Without a sample a paragraph in the text's language is
 * spoken. Idempotent. Errors: VoiceUnavailable, VoiceFailed, NarrationInvalid, InvalidInput.
 */
export async function measurePace(
  { store, providers }: VoiceDependencies,
  { job, provider: name, voice: spec, sample }: MeasurePaceRequest,
): Promise<Pace> {
  const resolved = resolveVoice(providers, name, spec);
  const { provider, voice, language } = resolved;
  const given = narrationText(Array.from(sample).slice(0, LONGEST_SAMPLE).join(''), language);
  const text = given.pieces.some(canBeSaid) ? given : narrationText(paceSample(language), language);
  const inputs = {
    voice: voice.name,
    language: new Intl.Locale(language).language,
    text: text.shown,
    version: await provider.version(activitySignal()),
  };
  return unitOfWork<Pace>(
    store,
    { job, unit: 'measurePace', provider: provider.name, recipe: RECIPE, inputs },
    async ({ scratch, key, signal }) => {
      const pieces = text.pieces.filter(canBeSaid);
      const sentences: SpokenSentence[] = [];
      let sentence: SpokenSentence = { characters: 0, durationMs: 0 };
      for (const [index, piece] of pieces.entries()) {
        progress((100 * index) / pieces.length, `measuring the voice, ${index + 1}`);
        const words = piece.words.map((word) => word.text);
        const { envelope } = await checkedPiece(resolved, words, { scratch, signal });
        const span = heardSpan(envelope);
        if (!span) throw new Failure('NarrationInvalid', 'The sample is silent.');
        const pauseMs = piece.endsSentence ? SENTENCE_PAUSE_MS : CLAUSE_PAUSE_MS;
        sentence.characters += charactersOf(piece);
        sentence.durationMs += (span.to - span.from) * FRAME_MS + pauseMs;
        if (!piece.endsSentence) continue;
        sentences.push(sentence);
        sentence = { characters: 0, durationMs: 0 };
      }
      return { ...fitPace(sentences, SENTENCE_PAUSE_MS), provider: provider.name, unitKey: key };
    },
  );
}

/** Code points as they are shown, with the spaces between words. */
function charactersOf({ words }: Piece): number {
  return words.reduce((sum, { text, glued }) => sum + Array.from(text).length + (glued ? 0 : 1), 0);
}

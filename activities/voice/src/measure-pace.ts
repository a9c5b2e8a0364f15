import { Failure } from '@aura/failure';
import type { MeasurePaceRequest, Pace } from '@aura/proto';
import { activitySignal, progress, unitOfWork } from '@aura/work';
import { deliveryInputs, understandDelivery } from './delivery.js';
import { fitPace, type SpokenSentence } from './fit-pace.js';
import type { VoiceDependencies } from './narrate-scene.js';
import { paceSample, shortPaceSample } from './pace-samples.js';
import { timekeepersIn } from './reference-voice.js';
import { knownVoice } from './resolve-voice.js';
import { FRAME_MS, heardSpan } from './sound/envelope.js';
import { CLAUSE_PAUSE_MS, SENTENCE_PAUSE_MS } from './sound/join-speech.js';
import { utteranceOf } from './speak-narration.js';
import { speakTake, type TimedTake } from './speak-take.js';
import { canBeSaid, takesOf, type Take } from './takes.js';
import { narrationText, type NarrationText } from './text/narration-text.js';

const RECIPE = 3;
/** Enough speech to measure a pace by; what a longer sample has more is not spoken. In characters. */
const LONGEST_SAMPLE = 1_500;

/**
 * Speaks a sample and measures the voice's pace, so that narrations of other texts last
 * `msPerCharacter × characters + msPerSentence × sentences` (`spokenMs` of @aura/proto: code points with
 * white space as one space; sentences as `sentencesOf` cuts them). Every sentence of the sample, short and
 * long ones, is one observation of the fit; the silence that a narration has at its ends and between
 * sentences is part of the time per sentence. Without a sample a paragraph in the text's language is
 * spoken. A voice that costs money always speaks the same short one, so that it is paid for once and not with
 * every film. Idempotent. Errors: VoiceUnavailable, VoiceFailed, NarrationInvalid, InvalidInput.
 */
export async function measurePace(
  { store, providers, ffmpegPath }: VoiceDependencies,
  { job, provider: name, voice: spec, sample }: MeasurePaceRequest,
): Promise<Pace> {
  const resolved = await knownVoice(providers, name, spec, activitySignal());
  const { provider, voice, language } = resolved;
  const delivery = { ...understandDelivery(spec), pronunciations: new Map<string, string>() };
  const text = sampleText(sample, language, provider.isPaid ?? false);
  const inputs = {
    voice: voice.id ?? voice.name,
    language: new Intl.Locale(language).language,
    text: text.shown,
    version: await provider.version(activitySignal()),
    ...deliveryInputs(delivery),
  };
  return unitOfWork<Pace>(
    store,
    { job, unit: 'measurePace', provider: provider.name, recipe: RECIPE, inputs },
    async ({ scratch, key, signal }) => {
      const takes = takesOf(text.pieces, provider.longestText);
      const unit = { videoId: job.videoId, key, capUsd: job.capUsd };
      const kept = { store, job };
      const timekeepers = timekeepersIn(providers);
      const options = { scratch, signal, ffmpegPath, unit, kept, timekeepers };
      const parts: SpokenSentence[][] = [];
      for (const [index, take] of takes.entries()) {
        progress((100 * index) / takes.length, `measuring the voice, ${index + 1}`);
        const speaker = { ...resolved, speed: delivery.speed };
        const spoken = await speakTake(speaker, utteranceOf(take), options);
        parts.push(sentencesIn(take, spoken, delivery.pauses));
      }
      const sentences = merged(takes, parts);
      const pauseMs = SENTENCE_PAUSE_MS * delivery.pauses;
      return { ...fitPace(sentences, pauseMs), provider: provider.name, unitKey: key };
    },
  );
}

function sampleText(sample: string, language: string, isPaid: boolean): NarrationText {
  if (isPaid) return narrationText(shortPaceSample(language), language);
  const given = narrationText(Array.from(sample).slice(0, LONGEST_SAMPLE).join(''), language);
  return given.pieces.some(canBeSaid) ? given : narrationText(paceSample(language), language);
}

/**
 * The sentences (or the part of one) of a take. The last one lasts to the end of what is heard, with the pause
 * that joining puts after it; those before it to the beginning of the next.
 */
function sentencesIn(take: Take, { envelope, words }: TimedTake, pauses: number): SpokenSentence[] {
  const span = heardSpan(envelope);
  if (!span) throw new Failure('NarrationInvalid', 'The sample is silent.');
  const ends = take.at(-1)?.endsSentence ?? true;
  const pauseMs = ends ? SENTENCE_PAUSE_MS * pauses : CLAUSE_PAUSE_MS;
  const groups = groupsOf(take);
  return groups.map(({ characters, first }, index) => {
    const next = groups[index + 1];
    const startMs = index === 0 ? span.from * FRAME_MS : (words[first]?.startMs ?? 0);
    if (!next) return { characters, durationMs: span.to * FRAME_MS - startMs + pauseMs };
    const endMs = words[next.first - 1]?.endMs ?? startMs;
    const gapMs = Math.max(0, (words[next.first]?.startMs ?? endMs) - endMs);
    return { characters, durationMs: endMs - startMs + gapMs * pauses };
  });
}

/** Characters of each sentence of a take, and the index of its first word. */
function groupsOf(take: Take): { characters: number; first: number }[] {
  const groups: { characters: number; first: number }[] = [];
  let sentence: number | undefined;
  let index = 0;
  for (const piece of take) {
    for (const word of piece.words) {
      if (word.sentence !== sentence) groups.push({ characters: 0, first: index });
      sentence = word.sentence;
      const group = groups.at(-1);
      if (group) group.characters += Array.from(word.text).length + (word.glued ? 0 : 1);
      index += 1;
    }
  }
  return groups;
}

/** A sentence that was spoken in several takes is one sentence. */
function merged(takes: readonly Take[], parts: readonly SpokenSentence[][]): SpokenSentence[] {
  const sentences: SpokenSentence[] = [];
  let isOpen = false;
  for (const [index, part] of parts.entries()) {
    for (const [at, sentence] of part.entries()) {
      const last = sentences.at(-1);
      if (at === 0 && isOpen && last) {
        last.characters += sentence.characters;
        last.durationMs += sentence.durationMs;
      } else {
        sentences.push({ ...sentence });
      }
    }
    isOpen = !(takes[index]?.at(-1)?.endsSentence ?? true);
  }
  return sentences;
}

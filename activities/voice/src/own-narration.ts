import { OWN_VOICE, type BlobRef, type Narration, type NarrateSceneRequest } from '@aura/proto';
import { progress, unitOfWork } from '@aura/work';
import { refuseTooLong, type VoiceDependencies } from './narrate-scene.js';
import { decodeRecording, unusable } from './sound/decode-recording.js';
import { envelopeOf, heardSpan } from './sound/envelope.js';
import { masterNarration, NARRATION_RATE } from './sound/master-narration.js';
import { durationMsOf, type Sound } from './sound/wav.js';

/** Bumped whenever the same recording would sound different. */
const RECIPE = 1;
/** No film is longer. */
const LONGEST_MS = 30 * 60_000;

/**
 * Makes a recording of the user's ready as speech is: WAV (mono, 48 kHz, 16 bit, −22 LUFS), as long as it is, nothing
 * cut off. What is said in it nobody knows: it has no words, and so no captions. Idempotent: equal bytes are made ready
 * once. Errors: AssetInvalid where it is damaged, cut off or silent, NarrationTooLong, ArtifactGone, those of FFmpeg and
 * of the store.
 */
export async function ownNarration(
  { store, ffmpegPath }: Pick<VoiceDependencies, 'store' | 'ffmpegPath'>,
  request: NarrateSceneRequest & { audio: BlobRef },
): Promise<Narration> {
  const { job, audio } = request;
  const inputs = { recording: audio.sha256 };
  const narration = await unitOfWork<Narration>(
    store,
    { job, unit: 'narrateScene', provider: OWN_VOICE, recipe: RECIPE, inputs },
    async ({ scratch, key, signal }) => {
      progress(10, 'reading the recording');
      const longestMs = LONGEST_MS + 1_000;
      const options = { ffmpegPath, scratch, signal, longestMs };
      const file = await store.localPath(audio);
      const sound = wholeMs(await decodeRecording(file, audio, options));
      if (durationMsOf(sound) > LONGEST_MS) throw unusable('it is longer than any film');
      if (!heardSpan(envelopeOf(sound))) throw unusable('it is silent');
      progress(60, 'levelling the sound');
      const mastered = await masterNarration(sound, options);
      const timings = { source: 'measured', words: [] };
      return {
        audio: await store.putFile(mastered.file, 'audio/wav'),
        timings: await store.putBytes(JSON.stringify(timings), 'application/json'),
        durationMs: mastered.durationMs,
        provider: OWN_VOICE,
        voice: '',
        unitKey: key,
        warnings: [],
      };
    },
  );
  refuseTooLong(narration, request);
  return narration;
}

/**
 * Without what is beyond the last whole millisecond, which nobody hears: a recording that was cut to its frames, which
 * are no whole milliseconds at most rates, must not be filled up beyond them.
 */
function wholeMs({ samples, sampleRate }: Sound): Sound {
  const ofOneMs = NARRATION_RATE / 1_000;
  return { samples: samples.subarray(0, samples.length - (samples.length % ofOneMs)), sampleRate };
}

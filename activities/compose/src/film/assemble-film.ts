import path from 'node:path';
import {
  CONTAINERS,
  encodingOf,
  perSecond,
  rateOf,
  type AssembleFilmRequest,
  type BlobRef,
  type Film,
  type FilmFile,
  type PlacedNarration,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress, unitOfWork, type WorkPlace } from '@aura/work';
import type { ComposeTools } from '../compose-deps.js';
import { withDiskFailures } from '../disk-failures.js';
import { checkFilm } from './check-film.js';
import { creditsOf, FILM_FILE, joinFilm } from './join-film.js';
import { type FilmPlan, planFilm, requireSegments } from './film-plan.js';
import { setupWarnings } from './setup-warnings.js';
import { soundOf } from './film-sound.js';
import { heardSounds, soundInputs, type HeardSounds } from '../sound/heard-sounds.js';
import { besideFilm, type BesideFilm } from '../output/beside-film.js';
import { fontsOfLines } from '../overlays/drawn-fonts.js';
import { SOUND_NAMES } from '../output/codec-facts.js';
import { warningsOf } from '../output/platform-warnings.js';

/** Bumped whenever the same request gives another film. */
const RECIPE = 7;

/**
 * Joins the segments, masters the sound once over the whole film and proves the result, before anything
 * of it is published.
 * Errors: FilmInvalid:<check>, NarrationInvalid, ArtifactGone, BlobCorrupt, FFmpegNotFound,
 * FFmpegFailedExitCode, OutOfDiskSpace, StepTimeout:mux.
 */
export async function assembleFilm(
  tools: ComposeTools,
  request: AssembleFilmRequest,
): Promise<Film> {
  requireSegments(request);
  const heard = await heardSounds(tools, request);
  const { title, language } = request;
  const { fontsFolder } = tools;
  // The title stands on a thumbnail, and on the cover of what is only heard.
  const fonts = await fontsOfLines([title], { language, fontsFolder });
  return unitOfWork(
    tools.store,
    {
      job: request.job,
      unit: 'assembleFilm',
      provider: 'ffmpeg',
      recipe: RECIPE,
      inputs: { ...filmInputs(request, heard), fonts },
    },
    (place) => withDiskFailures(() => make(tools, { request, heard }, place)),
  );
}

/** Everything that shows in a film or is heard. */
export function filmInputs(request: AssembleFilmRequest, heard?: HeardSounds) {
  const { render, title, language, shots, segments, style, chapters, narrations, ...more } =
    request;
  const sound = heard && soundInputs(heard);
  const credits = creditsOf(request);
  return {
    render,
    title,
    language,
    ...(style ? { style } : {}),
    ...(chapters ? { chapters } : {}),
    ...(sound ? { sound } : {}),
    ...(credits.length > 0 ? { credits } : {}),
    ...(more.timeline ? { timeline: more.timeline.sha256 } : {}),
    ...(more.translations ? { translations: more.translations.sha256 } : {}),
    ...(more.label ? { label: more.label } : {}),
    ...(narrations ? { narrations: narrations.narrations.map(heardNarration) } : {}),
    shots: shots.map(({ frames, leadMs, narration }) => ({
      frames,
      leadMs,
      audio: narration.audio.sha256,
      timings: narration.timings.sha256,
    })),
    segments: segments.map(({ video }) => video.sha256),
  };
}

function heardNarration({ start, frames, narration }: PlacedNarration) {
  const { audio, timings } = narration;
  return { start, frames, audio: audio.sha256, timings: timings.sha256 };
}

async function make(
  tools: ComposeTools,
  { request, heard: sounds }: { request: AssembleFilmRequest; heard: HeardSounds },
  { scratch, key, signal }: WorkPlace,
): Promise<Film> {
  const plan = await planFilm(tools.store, request);
  progress(1, 'mixing the sound');
  const sound = await soundOf(tools, plan, { folder: scratch, signal, heard: sounds });
  progress(25, 'joining the scenes');
  const packets = await joinFilm(tools, plan, { folder: scratch, signal });
  progress(35, 'checking the film');
  const { checks, ...heard } = await checkFilm(tools, plan, {
    folder: scratch,
    signal,
    joined: { packets, heard: sound },
  });
  progress(94, 'making what stands beside the film');
  const beside = await besideFilm(tools, plan, { folder: scratch, signal });
  progress(98, 'publishing the film');
  const unfit = await warningsOf(plan, path.join(scratch, FILM_FILE));
  const published = await publish(tools, plan, { scratch, beside });
  const lacking = await setupWarnings(tools, plan.film);
  const warnings = [...sound.warnings, ...lacking, ...unfit];
  return { ...published, warnings, ...heard, checks: { checks }, unitKey: key };
}

type Published = Omit<Film, 'loudnessLufs' | 'truePeakDbtp' | 'unitKey'>;

async function publish(
  { store }: ComposeTools,
  plan: FilmPlan,
  { scratch, beside }: { scratch: string; beside: BesideFilm },
): Promise<Published> {
  const { render } = plan.request;
  const { container, codec, sound, audioOnly } = encodingOf(render);
  const files: FilmFile[] = [];
  for (const { kind, label, file, mediaType } of beside.files) {
    files.push({ kind, label, blob: await store.putFile(path.join(scratch, file), mediaType) });
  }
  const { captions, others } = await publishTexts(store, plan);
  files.push(...others);
  const film = path.join(scratch, FILM_FILE);
  return {
    captions,
    thumbnail: await store.putFile(path.join(scratch, beside.thumbnail), 'image/jpeg'),
    video: await store.putFile(film, CONTAINERS[container].mediaType),
    durationMs: Math.round(plan.timeline.durationMs),
    frames: plan.timeline.frames,
    widthPx: render.widthPx,
    heightPx: render.heightPx,
    fps: perSecond(rateOf(render)),
    videoCodec: audioOnly ? '' : codec,
    audioCodec: SOUND_NAMES[sound],
    warnings: [],
    ...(files.length > 0 ? { files: { files } } : {}),
  };
}

/** The captions, and beside them the same in other forms and the film as a value. */
async function publishTexts(
  store: ArtifactStore,
  { film, captionFiles, trackFiles }: FilmPlan,
): Promise<{ captions: BlobRef; others: FilmFile[] }> {
  const [first, ...rest] = captionFiles;
  const captions = await store.putBytes(first?.text ?? '', 'application/x-subrip');
  const others: FilmFile[] = [];
  for (const one of [...(film.captions.length > 0 ? rest : []), ...trackFiles]) {
    const { kind, label, text, mediaType } = one;
    others.push({ kind, label, blob: await store.putBytes(text, mediaType) });
  }
  const timeline = await store.putBytes(JSON.stringify(film), 'application/json');
  return { captions, others: [...others, { kind: 'timeline', label: '', blob: timeline }] };
}

import { encodingOf, rateOf, type Film, type FilmCheck } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import { progress } from '@aura/work';
import { CONTENT_CHECKS } from '../checks/content-checks.js';
import { expectedContent, type ShownPicture } from '../checks/expected-content.js';
import { FILM_FILE_CHECKS, SOUND_FILE_CHECKS } from '../checks/file-checks.js';
import type { ContentFacts, FilmExpectation } from '../checks/film-facts.js';
import { measureContent } from '../checks/measure-content.js';
import { measureFile } from '../checks/measure-file.js';
import { requireValid } from '../checks/require-valid.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { FILM_FILE, hasCaptionTrack } from './join-film.js';
import { motionOf } from '../motion/motion.js';
import { layPicture } from '../segment/picture-file.js';
import { loudnessTargetOf } from '../sound/loudness-target.js';
import { stallLimitMs } from '../segment/stall-limit.js';

/** What a film has passed, and what was heard in it. */
export interface Proof extends Pick<Film, 'loudnessLufs' | 'truePeakDbtp'> {
  checks: FilmCheck[];
}

/** Proves the joined film. Errors: FilmInvalid:<check>. */
export async function checkFilm(
  tools: ComposeTools,
  plan: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<Proof> {
  const { ffmpegPath, ffprobePath } = tools;
  const { render } = plan.request;
  const { frames, durationMs } = plan.timeline;
  const bare = expectationOf(plan);
  const place = { folder, of: 'film' };
  const { encoding } = bare;
  const file = { ffprobePath, folder, file: FILM_FILE, encoding, signal };
  const fileChecks = encoding.audioOnly ? SOUND_FILE_CHECKS : FILM_FILE_CHECKS;
  const sound = await requireValid(fileChecks, await measureFile(file), {
    ...place,
    expected: bare,
  });
  const facts = await measureContent({
    ffmpegPath,
    folder,
    file: FILM_FILE,
    encoding,
    durationMs,
    signal,
    stallMs: stallLimitMs(render, tools.stallMs),
    onFrame: (frame) => progress(38 + (56 * frame) / frames, 'checking the film'),
  });
  const expected = { ...bare, ...(await expectedPictures(tools, plan, { facts, folder, signal })) };
  const content = await requireValid(CONTENT_CHECKS, facts, { ...place, expected });
  return {
    checks: [...sound, ...content],
    loudnessLufs: Math.round(facts.loudnessLufs * 10) / 10,
    truePeakDbtp: Math.round(facts.truePeakDbtp * 10) / 10,
  };
}

function expectationOf({ request, timeline, expectations }: FilmPlan): FilmExpectation {
  const { widthPx, heightPx } = request.render;
  return {
    widthPx,
    heightPx,
    rate: rateOf(request.render),
    encoding: encodingOf(request.render),
    captionTrack: hasCaptionTrack(request),
    frames: timeline.frames,
    targetLufs: loudnessTargetOf(request.render, request.style?.sound),
    shots: expectations,
    blackPictures: [],
    stillPictures: [],
  };
}

async function expectedPictures(
  { store, ffmpegPath, stallMs }: ComposeTools,
  { request, timeline }: FilmPlan,
  { facts, folder, signal }: FilmPlace & { facts: ContentFacts },
): Promise<Pick<FilmExpectation, 'blackPictures' | 'stillPictures'>> {
  const { render } = request;
  const pictures: ShownPicture[] = timeline.shots.map(({ shot, startMs, endMs }, index) => ({
    startMs,
    endMs,
    file: `picture-${index}.png`,
    lay: (name: string) => layPicture(store, shot.picture, { folder, file: name }),
    motion: motionOf(shot.sceneId, shot.frames, render),
  }));
  return expectedContent(facts, pictures, {
    ffmpegPath,
    folder,
    frame: render,
    signal,
    stallMs: stallLimitMs(render, stallMs),
  });
}

import { Failure } from '@aura/failure';
import { encodingOf, rateOf, type Film, type FilmCheck } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import { progress } from '@aura/work';
import { CONTENT_CHECKS } from '../checks/content-checks.js';
import { packetSum } from '../checks/packet-sum.js';
import { seenContent } from '../checks/seen-content.js';
import { FILM_FILE_CHECKS, SOUND_FILE_CHECKS } from '../checks/file-checks.js';
import type { FilmExpectation } from '../checks/film-facts.js';
import { measureContent } from '../checks/measure-content.js';
import { measureFile } from '../checks/measure-file.js';
import { requireValid } from '../checks/require-valid.js';
import { expectedPictures } from './expected-pictures.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { FILM_FILE, LIST_FILE, softCaptionsOf } from './join-film.js';
import { loudnessTargetOf } from '../sound/loudness-target.js';
import { copyLimitMs, stallLimitMs } from '../segment/stall-limit.js';

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
  const seen = seenContent(plan.request);
  const copied =
    seen && !encoding.audioOnly ? await samePackets(tools, plan, { folder, signal }) : [];
  const facts = await measureContent({
    seen,
    ffmpegPath,
    folder,
    file: FILM_FILE,
    encoding,
    durationMs,
    signal,
    stallMs: stallLimitMs(render, tools.stallMs),
    onFrame: (frame) => progress(38 + (56 * frame) / frames, 'checking the film'),
  });
  const look = { facts, wasSeen: seen !== undefined, folder, signal };
  const expected = { ...bare, ...(await expectedPictures(tools, plan, look)) };
  const content = await requireValid(CONTENT_CHECKS, facts, { ...place, expected });
  return {
    checks: [...sound, ...copied, ...content],
    loudnessLufs: Math.round(facts.loudnessLufs * 10) / 10,
    truePeakDbtp: Math.round(facts.truePeakDbtp * 10) / 10,
  };
}

function expectationOf(plan: FilmPlan): FilmExpectation {
  const { request, timeline, expectations } = plan;
  const { widthPx, heightPx } = request.render;
  return {
    widthPx,
    heightPx,
    rate: rateOf(request.render),
    encoding: encodingOf(request.render),
    captionTracks: softCaptionsOf(plan).length,
    frames: timeline.frames,
    targetLufs: loudnessTargetOf(request.render, request.style?.sound),
    shots: expectations,
    blackPictures: [],
    stillPictures: [],
  };
}

/**
 * The pictures of the film are those of its segments, packet for packet: each was decoded when it was made, so none
 * has to be again. Errors: FilmInvalid:packets.
 */
async function samePackets(
  { ffmpegPath, stallMs }: ComposeTools,
  { request }: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<FilmCheck[]> {
  const encoding = encodingOf(request.render);
  const bytes = request.segments.reduce((sum, { video }) => sum + video.bytes, 0);
  const reading = { ffmpegPath, folder, signal, stallMs: copyLimitMs(bytes, stallMs) };
  const film = await packetSum({ ...reading, input: { film: FILM_FILE, encoding } });
  const segments = await packetSum({ ...reading, input: { list: LIST_FILE, encoding } });
  if (film === segments) return [{ name: 'packets', found: 'those of the segments' }];
  throw new Failure('FilmInvalid:packets', 'The film failed a check and was not published.', {
    details: `film: packets: ${film} instead of ${segments}`,
  });
}

import { Failure } from '@aura/failure';
import { encodingOf, rateOf, type Film, type FilmCheck, type FilmEncoding } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import { progress } from '@aura/work';
import { CONTENT_CHECKS } from '../checks/content-checks.js';
import type { HeardFacts } from '../checks/heard-facts.js';
import type { PacketSums } from '../checks/packet-sums.js';
import { seenContent } from '../checks/seen-content.js';
import { FILM_FILE_CHECKS, SOUND_FILE_CHECKS } from '../checks/file-checks.js';
import type { ContentFacts, FileFacts, FilmExpectation } from '../checks/film-facts.js';
import { measureContent, type SeenContent } from '../checks/measure-content.js';
import { measureFile } from '../checks/measure-file.js';
import { requireValid } from '../checks/require-valid.js';
import { expectedPictures } from './expected-pictures.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { FILM_FILE, softCaptionsOf } from './join-film.js';
import { loudnessTargetOf } from '../sound/loudness-target.js';
import { stallLimitMs } from '../segment/stall-limit.js';

/** What a film has passed, and what was heard in it. */
export interface Proof extends Pick<Film, 'loudnessLufs' | 'truePeakDbtp'> {
  checks: FilmCheck[];
}

/** What a film was joined from. */
export interface Joined {
  /** Of the pictures, where there are any, then of the sound. */
  packets: PacketSums;
  /** Measured on the encoded sound. */
  heard: HeardFacts;
}

/**
 * Proves the joined film. Where all that went into it was looked at and listened to, and its packets are those, nothing
 * is decoded again; without `joined` all of it is.
 * Errors: FilmInvalid:<check>.
 */
export async function checkFilm(
  tools: ComposeTools,
  plan: FilmPlan,
  { folder, signal, joined }: FilmPlace & { joined?: Joined },
): Promise<Proof> {
  const { ffprobePath } = tools;
  const bare = expectationOf(plan);
  const place = { folder, of: 'film' };
  const { encoding } = bare;
  const fileChecks = encoding.audioOnly ? SOUND_FILE_CHECKS : FILM_FILE_CHECKS;
  const file = { ffprobePath, folder, file: FILM_FILE, encoding, signal };
  const measured = await measureFile(file);
  const ofFile = await requireValid(fileChecks, measured, { ...place, expected: bare });
  const seen = joined && seenContent(plan.request);
  const copied =
    joined && (seen ?? encoding.audioOnly) ? copiedFrom(joined, measured, encoding) : [];
  const facts =
    joined && copied.length > 0 && hasOwnPackets(encoding)
      ? factsOf(plan, joined, seen)
      : await contentOf(tools, plan, { folder, signal, seen });
  const look = { facts, wasSeen: seen !== undefined, folder, signal };
  const expected = { ...bare, ...(await expectedPictures(tools, plan, look)) };
  const content = await requireValid(CONTENT_CHECKS, facts, { ...place, expected });
  return {
    checks: [...ofFile, ...copied, ...content],
    loudnessLufs: Math.round(facts.loudnessLufs * 10) / 10,
    truePeakDbtp: Math.round(facts.truePeakDbtp * 10) / 10,
  };
}

/** Whether packets of sound are the same in each container: readers cut what is not coded as they like. */
function hasOwnPackets({ sound }: FilmEncoding): boolean {
  return sound !== 'pcm';
}

/** What is known of a film that shows and sounds what it was joined from. */
function factsOf(
  { timeline: { durationMs } }: FilmPlan,
  { heard }: Joined,
  seen: SeenContent = { blacks: [], freezes: [] },
): ContentFacts {
  const { loudnessLufs, truePeakDbtp } = heard;
  const silences = heard.silences.map(({ startMs, endMs }) => ({
    startMs,
    endMs: Math.min(endMs, durationMs),
  }));
  return { complaints: '', ...seen, loudnessLufs, truePeakDbtp, silences };
}

async function contentOf(
  { ffmpegPath, stallMs }: ComposeTools,
  { request: { render }, timeline: { frames, durationMs } }: FilmPlan,
  { folder, signal, seen }: FilmPlace & { seen: SeenContent | undefined },
): Promise<ContentFacts> {
  return measureContent({
    seen,
    ffmpegPath,
    folder,
    file: FILM_FILE,
    encoding: encodingOf(render),
    durationMs,
    signal,
    stallMs: stallLimitMs(render, stallMs),
    onFrame: (frame) => progress(38 + (56 * frame) / frames, 'checking the film'),
  });
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
 * The pictures and the sound of the film are what it was joined from, packet for packet: each was decoded when it was
 * made, so none has to be again. Errors: FilmInvalid:packets.
 */
function copiedFrom(joined: Joined, { packets }: FileFacts, encoding: FilmEncoding): FilmCheck[] {
  const count = (encoding.audioOnly ? 0 : 1) + (hasOwnPackets(encoding) ? 1 : 0);
  const [wanted, found] = [joined.packets, packets ?? []].map((sums) =>
    sums.slice(0, count).join(' '),
  );
  if (wanted === found) return [{ name: 'packets', found: 'those of the segments' }];
  throw new Failure('FilmInvalid:packets', 'The film failed a check and was not published.', {
    details: `film: packets: ${found} instead of ${wanted}`,
  });
}

import { msOf, rateOf } from '@aura/proto';
import { isUnexpected, MAX_BLACK_MS, MAX_FREEZE_MS } from '../checks/content-checks.js';
import { expectedContent, type ShownPicture } from '../checks/expected-content.js';
import type { ContentFacts, FilmExpectation } from '../checks/film-facts.js';
import { merged } from '../checks/intervals.js';
import { standing } from '../checks/standing.js';
import type { ComposeTools } from '../compose-deps.js';
import { motionOf } from '../motion/motion.js';
import { layPicture } from '../segment/picture-file.js';
import { stallLimitMs } from '../segment/stall-limit.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';

/** Where the film is black or still because it was asked to be: see `standing`; other pictures are looked at. */
export async function expectedPictures(
  { store, ffmpegPath, stallMs }: ComposeTools,
  { request, film }: FilmPlan,
  { facts, folder, signal }: FilmPlace & { facts: ContentFacts },
): Promise<Pick<FilmExpectation, 'blackPictures' | 'stillPictures'>> {
  const { render } = request;
  const rate = rateOf(render);
  const pictures = film.visuals.flatMap(({ sceneId, start, frames, source }, index) => {
    const { image } = source ?? {};
    if (!image) return [];
    const file = `picture-${index}.png`;
    return [
      {
        startMs: msOf(start, rate),
        endMs: msOf(start + frames, rate),
        file,
        lay: () => layPicture(store, { image }, { folder, file }),
        motion: motionOf(sceneId, frames, render),
      } satisfies ShownPicture,
    ];
  });
  const asAsked = standing(film);
  const left = {
    blacks: facts.blacks.filter((found) =>
      isUnexpected(found, asAsked.blackPictures, MAX_BLACK_MS),
    ),
    freezes: facts.freezes.filter((found) =>
      isUnexpected(found, asAsked.stillPictures, MAX_FREEZE_MS),
    ),
  };
  const looked = await expectedContent(left, pictures, {
    ffmpegPath,
    folder,
    frame: render,
    signal,
    stallMs: stallLimitMs(render, stallMs),
  });
  return {
    blackPictures: merged([...asAsked.blackPictures, ...looked.blackPictures], 1),
    stillPictures: merged([...asAsked.stillPictures, ...looked.stillPictures], 1),
  };
}

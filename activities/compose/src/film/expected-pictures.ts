import { progress } from '@aura/work';
import { rateOf } from '@aura/proto';
import { isUnexpected, MAX_BLACK_MS, MAX_FREEZE_MS } from '../checks/content-checks.js';
import { LOOKS } from '../checks/content-args.js';
import { expectedContent, suspectVisuals } from '../checks/expected-content.js';
import type { ContentFacts, FilmExpectation } from '../checks/film-facts.js';
import { merged } from '../checks/intervals.js';
import { standing } from '../checks/standing.js';
import type { ComposeTools } from '../compose-deps.js';
import { laySources } from '../segment/lay-sources.js';
import { stallLimitMs } from '../segment/stall-limit.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';

/**
 * Where the film is black or still because it was asked to be: see `standing`. Visuals where it is so beyond that are
 * looked at by themselves. `wasSeen`: while they were drawn, not in the encoded film.
 */
export async function expectedPictures(
  { store, ffmpegPath, stallMs }: ComposeTools,
  { request, film }: FilmPlan,
  { facts, wasSeen, folder, signal }: FilmPlace & { facts: ContentFacts; wasSeen: boolean },
): Promise<Pick<FilmExpectation, 'blackPictures' | 'stillPictures'>> {
  const { render } = request;
  const { widthPx, heightPx } = render;
  const rate = rateOf(render);
  const asAsked = standing(film);
  const visuals = suspectVisuals(beyond(facts, asAsked), film.visuals, { rate });
  if (visuals.length === 0) return asAsked;
  const files = await laySources(store, { visuals, overlays: [] }, folder);
  const looked = await expectedContent(visuals, {
    ffmpegPath,
    folder,
    frame: { widthPx, heightPx, rate, files },
    look: wasSeen ? LOOKS.aloneAsDrawn : LOOKS.aloneAsEncoded,
    signal,
    stallMs: stallLimitMs(render, stallMs),
    onVisual: () => progress(93, 'looking at pictures again'),
  });
  return {
    blackPictures: merged([...asAsked.blackPictures, ...looked.blackPictures], 1),
    stillPictures: merged([...asAsked.stillPictures, ...looked.stillPictures], 1),
  };
}

function beyond(
  { blacks, freezes }: ContentFacts,
  { blackPictures, stillPictures }: Pick<FilmExpectation, 'blackPictures' | 'stillPictures'>,
): Pick<ContentFacts, 'blacks' | 'freezes'> {
  return {
    blacks: blacks.filter((found) => isUnexpected(found, blackPictures, MAX_BLACK_MS)),
    freezes: freezes.filter((found) => isUnexpected(found, stillPictures, MAX_FREEZE_MS)),
  };
}

import {
  needsPlace,
  type FilmPlace,
  type Narration,
  type Picture,
  type RenderSpec,
  type Scene,
  type Script,
  type Segment,
  type Shot,
} from '@aura/proto';
import type { Chronicle } from './chronicle.js';
import { encode, type FilmLabel } from './compose-stage.js';
import { hasPicture, NO_PICTURE, ownPart, ownShot, type OwnCut } from './cut.js';
import { isOurBug } from './failures.js';
import { styleOfSegment } from './film-style.js';
import { lanes } from './lanes.js';
import * as stage from './production.js';
import { framesOfFilm, shotOf } from './shots.js';

export interface Shooting {
  shots: Shot[];
  segments: Segment[];
}

/** One of the films that a job makes of its scenes. */
export interface FilmOrder extends FilmLabel {
  render: RenderSpec;
  style: stage.Production['order']['style'];
}

/** The film that was asked for first. */
export function filmOf({ render, style }: stage.Production['order']): FilmOrder {
  return { label: '', render, style };
}

/**
 * Per scene: voice and picture side by side, then its segment at once. A segment needs the shot before
 * it (its tail lies under the crossfade), and all others only where what lies over it follows the film's clock:
 * scene 1 may be encoding while scene 6 is spoken.
 * Lanes bound the scenes that are being spoken and drawn; encoding is bounded by the workers of its queue.
 * `own`: a film that the user has cut, whose narrations are there.
 */
export async function shoot(
  production: stage.Production,
  script: Script,
  own?: OwnCut,
): Promise<Shooting> {
  const { chronicle, order, plan } = production;
  const film = filmOf(order);
  const isHeardOnly = isSoundOnly(film);
  if (!own) chronicle.begins(script);
  production.looks.length = 0;
  const shots: Promise<Shot>[] = [];
  const encodings: Promise<Segment>[] = [];
  // No Trigger: that would also end with a cancel, and what a cancel has to wait for would be left alone.
  let stop!: (error: unknown) => void;
  const bug = new Promise<never>((_resolve, reject) => (stop = reject));
  let failed = false;
  const making = lanes(script.scenes, plan.limits.lanes, async (scene) => {
    if (failed) return;
    shots[scene.index] = takeShot(production, { script, own }, scene).catch(noting);
    const shot = await shots[scene.index]!;
    if (isHeardOnly) return encoded(chronicle, shot);
    encodings[scene.index] = encodeShot(shot, await shots[scene.index - 1]).catch(noting);
    encodings[scene.index]!.catch(() => (failed = true));
  });
  return Promise.race([everyScene(), bug]);

  async function everyScene(): Promise<Shooting> {
    await Promise.allSettled([making]);
    await Promise.allSettled(encodings);
    await making;
    return { shots: await inOrder(shots), segments: await inOrder(encodings) };
  }

  /** Other scenes are waited for after a failure, not after a mistake of this code. */
  function noting(error: unknown): never {
    if (isOurBug(error)) stop(error);
    throw error;
  }

  async function encodeShot(shot: Shot, previous: Shot | undefined): Promise<Segment> {
    const place = own || needsPlace(film.style) ? await placeInFilm(shot) : undefined;
    chronicle.scene(shot.sceneId, 'encoding');
    chronicle.count('encoding');
    const piece = { shot, previous, place, language: script.language };
    const segment = await encodeOf(production, film, { ...piece, own });
    encoded(chronicle, shot);
    return segment;
  }

  async function placeInFilm({ index }: Shot): Promise<FilmPlace | undefined> {
    if (own) return placesOf(own.cut.shots.map(({ visual }) => visual))[index];
    await making;
    return placesOf(await inOrder(shots))[index];
  }
}

async function takeShot(
  production: stage.Production,
  { script, own }: { script: Script; own: OwnCut | undefined },
  scene: Scene,
): Promise<Shot> {
  const { chronicle, order } = production;
  const film = filmOf(order);
  const hasNone = isSoundOnly(film) || (own && hasPicture(own, scene));
  const drawn = () =>
    hasNone
      ? noPicture(chronicle)
      : stage.illustrate(production, scene, script).then(counted(chronicle, 'drawn'));
  chronicle.scene(scene.id, 'narrating and drawing');
  if (own) return ownShot(own, scene, await drawn());
  const [narration, picture] = await bothOf(
    stage.narrate(production, scene).then(counted(chronicle, 'narrated')),
    drawn(),
  );
  return shotOf(scene, { narration, picture }, { ...film, sceneCount: script.scenes.length });
}

function encoded(chronicle: Chronicle, { sceneId }: Shot): void {
  chronicle.scene(sceneId, 'done');
  chronicle.count('encoded');
}

function noPicture(chronicle: Chronicle): Promise<Picture> {
  chronicle.count('drawn');
  return Promise.resolve(NO_PICTURE);
}

function counted<T extends { warnings: Narration['warnings'] }>(
  chronicle: Chronicle,
  what: 'narrated' | 'drawn',
) {
  return (made: T) => {
    chronicle.warn(...made.warnings);
    chronicle.count(what);
    return made;
  };
}

/** Whether nobody will see a film. */
export function isSoundOnly({ render }: Pick<FilmOrder, 'render'>): boolean {
  return render.encoding?.audioOnly === true;
}

/** Where each shot lies in its film. */
export function placesOf(shots: readonly Pick<Shot, 'frames'>[]): FilmPlace[] {
  const filmFrames = framesOfFilm(shots);
  let next = 0;
  return shots.map(({ frames }) => ({ start: (next += frames) - frames, filmFrames }));
}

/** A piece of a film that is to be encoded. */
export interface Piece {
  shot: Shot;
  previous: Shot | undefined;
  place: FilmPlace | undefined;
  language: string;
  own: OwnCut | undefined;
}

/** Asks for a segment with what shows in it, and no more. */
export function encodeOf(
  production: stage.Production,
  { render, style, label }: FilmOrder,
  { shot, previous, place, language, own }: Piece,
): Promise<Segment> {
  const { frames } = shot;
  const request = {
    render,
    language,
    shot,
    ...(previous ? { previous } : {}),
    ...(style ? { style: styleOfSegment(style, { place, frames }) } : {}),
    ...(place ? { place } : {}),
    ...(own && place ? ownPart(own, { start: place.start, frames }) : {}),
  };
  return encode(production, request, { label });
}

/** All of them, or the failure of the earliest. */
export async function inOrder<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const values: T[] = [];
  for (const promise of promises) values.push(await promise);
  return values;
}

/** Both, or the failure of the first that failed once neither is running any more. */
async function bothOf<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

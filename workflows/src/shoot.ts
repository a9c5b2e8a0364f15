import { patched } from '@temporalio/workflow';
import {
  needsPlace,
  type FilmPlace,
  type Narration,
  type Picture,
  type Scene,
  type Script,
  type Segment,
  type Shot,
} from '@aura/proto';
import type { Chronicle } from './chronicle.js';
import { encodingsAtOnce } from './film-style.js';
import { hasPicture, NO_PICTURE, ownShot, type OwnCut } from './cut.js';
import { encodeOf } from './encode-of.js';
import { filmOf, isSoundOnly, placesOf, type Shooting } from './film-order.js';
import { isOurBug } from './failures.js';
import { lanes } from './lanes.js';
import { RollingPreview } from './preview.js';
import * as stage from './production.js';
import { shotOf } from './shots.js';
import { Turns } from './turns.js';

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
  if (!own && production.prepared?.script !== script) chronicle.begins(script);
  production.looks.length = 0;
  const preview =
    order.rollingPreview && !own && !isHeardOnly
      ? new RollingPreview(production, script, film)
      : undefined;
  const shots: Promise<Shot>[] = [];
  const encodings: Promise<Segment>[] = [];
  // Histories from before encodings were asked for in turns have them all at once.
  const turns = new Turns(encodingsAtOnce(order.style), () => patched('encodings-in-turns'));
  // No Trigger: that would also end with a cancel, and what a cancel has to wait for would be left alone.
  let stop!: (error: unknown) => void;
  const bug = new Promise<never>((_resolve, reject) => (stop = reject));
  let failed = false;
  const making = lanes(script.scenes, plan.limits.lanes, async (scene) => {
    if (failed) return;
    shots[scene.index] = takeShot(production, { script, own }, scene).catch(noting);
    const shot = await shots[scene.index]!;
    preview?.offer(shot);
    if (isHeardOnly) return encoded(chronicle, shot);
    encodings[scene.index] = encodeShot(shot, await shots[scene.index - 1]).catch(noting);
    encodings[scene.index]!.catch(() => (failed = true));
  });
  return Promise.race([everyScene(), bug]);

  async function everyScene(): Promise<Shooting> {
    await Promise.allSettled([making]);
    await Promise.allSettled(encodings);
    if (preview) await preview.settled();
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
    const segment = await turns.take(() => encodeOf(production, film, { ...piece, own }));
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
  const prepared = production.prepared?.script === script ? production.prepared : undefined;
  const film = filmOf(order);
  const hasNone = isSoundOnly(film) || (own && hasPicture(own, scene));
  const drawn = () =>
    hasNone
      ? noPicture(chronicle)
      : (prepared?.pictures.get(scene.id) ??
        stage.illustrate(production, scene, script).then(counted(chronicle, 'drawn')));
  chronicle.scene(scene.id, 'narrating and drawing');
  if (own) return ownShot(own, scene, await drawn());
  const [narration, picture] = await bothOf(
    prepared?.narrations.get(scene.id) ??
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

export function counted<T extends { warnings: Narration['warnings'] }>(
  chronicle: Chronicle,
  what: 'narrated' | 'drawn',
) {
  return (made: T) => {
    chronicle.warn(...made.warnings);
    chronicle.count(what);
    return made;
  };
}

/** All of them, or the failure of the earliest. */
export async function inOrder<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const values: T[] = [];
  for (const promise of promises) values.push(await promise);
  return values;
}

/** Both, or the failure of the first that failed once neither is running any more. */
async function bothOf<A, B>(a: A | Promise<A>, b: B | Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

import { patched } from '@temporalio/workflow';
import {
  labelsOf,
  type Film,
  type FilmFile,
  type Picture,
  type PreflightReport,
  type Scene,
  type Script,
  type Segment,
  type Shot,
} from '@aura/proto';
import { factsOf } from './chains.js';
import { assembleFilm } from './assemble.js';
import type { OwnCut } from './cut.js';
import { styleAtRate } from './film-style.js';
import { lanes } from './lanes.js';
import * as stage from './production.js';
import { encodeOf } from './encode-of.js';
import { isSoundOnly, placesOf, type FilmOrder, type Shooting } from './film-order.js';
import { shotOf } from './shots.js';

/**
 * The further films of a job, one after the other: the same words and pictures in other shapes and encodings.
 * Only what is drawn for its frame is drawn again. Gives their files, told apart by their labels.
 */
export async function makeOutputs(
  production: stage.Production,
  script: Script,
  { shots, own }: { shots: readonly Shot[]; own: OwnCut | undefined },
): Promise<FilmFile[]> {
  const { order, chronicle } = production;
  const files: FilmFile[] = [];
  for (const [at, label] of labelsOf(order.outputs ?? []).entries()) {
    const render = order.outputs![at]!;
    const style = order.style && styleAtRate(order.style, order.render, render);
    chronicle.note({}, `making the film once more: ${label}`);
    const film = { label, render, style, translations: order.translations };
    const shooting = await shootAgain(production, film, { script, shots, own });
    const made = await assembleFilm(production, film, { script, shooting, own });
    chronicle.warn(...made.warnings);
    files.push(...filesOf(made, label));
  }
  return files;
}

/** Files of a set name each other by their labels, which tell of the film already. */
function filesOf({ video, captions, thumbnail, files }: Film, label: string): FilmFile[] {
  const beside = (files?.files ?? []).flatMap((file): FilmFile[] => {
    const isSet = file.kind === 'hls' || file.kind === 'sprites';
    // A worker of before further films had sets calls them as it does those of the first.
    if (isSet) return file.label.startsWith(`${label}-`) ? [file] : [];
    return [{ ...file, label: [label, file.label].filter(Boolean).join('-') }];
  });
  return [
    { kind: 'output', label, blob: video },
    { kind: 'captions', label, blob: captions },
    { kind: 'thumbnail', label, blob: thumbnail },
    ...beside,
  ].filter(({ blob }) => blob.sha256 !== '');
}

interface Shown {
  script: Script;
  shots: readonly Shot[];
  own: OwnCut | undefined;
}

async function shootAgain(
  production: stage.Production,
  film: FilmOrder,
  { script, shots, own }: Shown,
): Promise<Shooting> {
  const { limits } = production.plan;
  const { scenes, language } = script;
  const retaken: Shot[] = [];
  await lanes(scenes, limits.lanes, async (scene) => {
    retaken[scene.index] = await retake(production, film, { scene, script, shots, own });
  });
  const segments: Segment[] = [];
  if (isSoundOnly(film)) return { shots: retaken, segments };
  const places = placesOf(retaken);
  await lanes(retaken, limits.lanes, async (shot) => {
    const previous = retaken[shot.index - 1];
    const piece = { shot, previous, place: places[shot.index], language, own };
    segments[shot.index] = await encodeOf(production, film, piece);
  });
  return { shots: retaken, segments };
}

async function retake(
  production: stage.Production,
  film: FilmOrder,
  { scene, script, shots, own }: Shown & { scene: Scene },
): Promise<Shot> {
  const shot = shots[scene.index]!;
  const picture = isSoundOnly(film)
    ? shot.picture
    : await pictureIn(production, film, { scene, script, shot });
  if (own) return { ...shot, picture };
  const { narration } = shot;
  return shotOf(scene, { narration, picture }, { ...film, sceneCount: script.scenes.length });
}

function pictureIn(
  production: stage.Production,
  { render, label }: FilmOrder,
  { scene, script, shot }: { scene: Scene; script: Script; shot: Shot },
): Promise<Picture> | Picture {
  const { picture, visual } = shot;
  const { order, plan, chronicle } = production;
  if (visual && picture.provider === '') return picture;
  const { kind } = factsOf(plan, 'visuals', picture.provider) ?? {};
  const isSame =
    render.widthPx === order.render.widthPx && render.heightPx === order.render.heightPx;
  if (picture.provider !== '' && (isSame || kind !== 'drawing')) return picture;
  const drawing = drawnFrom(plan, picture.provider);
  const there = { ...production, order: { ...order, render }, plan: drawing, label };
  return stage.illustrate(there, scene, script).then((made) => {
    chronicle.warn(...made.warnings);
    return made;
  });
}

/** With those alone who draw, from the one on who has drawn it: whoever failed at the scene is not asked, and paid, once more. */
function drawnFrom(plan: PreflightReport, provider: string): PreflightReport {
  const { visuals } = plan.chains;
  const drawers = visuals
    .slice(visuals.indexOf(provider))
    .filter((name) => factsOf(plan, 'visuals', name)?.kind === 'drawing');
  if (drawers.length === visuals.length) return plan;
  // Histories from before have the whole chain asked anew.
  if (!patched('drawn-again-by-drawers')) return plan;
  return { ...plan, chains: { ...plan.chains, visuals: drawers } };
}

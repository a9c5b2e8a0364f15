import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodingOf, type ArtifactKind } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import type { FilmPlace, FilmPlan } from '../film/film-plan.js';
import { FILM_FILE } from '../film/join-film.js';
import { glanceAt } from './glance.js';
import { makeLadder } from './hls/make-ladder.js';
import { makePreview, PREVIEWS, type PreviewKind } from './moving-preview.js';
import { spriteCues, spriteGrid } from './sprite-grid.js';
import { makeThumbnail, THUMBNAIL_FILE } from './thumbnail.js';
import { nameInSet } from './name-in-set.js';
import { drawTitle } from './titled-thumbnail.js';

/** A file that is to be given out with the film, under a name of ours in the working folder. */
export interface SideFile {
  kind: ArtifactKind;
  label: string;
  file: string;
  mediaType: string;
}

export interface BesideFilm {
  /** A JPEG, as a name of ours. */
  thumbnail: string;
  files: SideFile[];
}

const SHEET_FILE = 'sprites.jpg';
const CUES_FILE = 'sprites.vtt';
const TITLED_FILE = 'thumbnail-title.jpg';
const COVER_PX = 1_400;

/** Thumbnails, the sheet for scrubbing, and what else the order asks for beside its film. */
export async function besideFilm(
  tools: ComposeTools,
  plan: FilmPlan,
  place: FilmPlace,
): Promise<BesideFilm> {
  const { render } = plan.request;
  const encoding = encodingOf(render);
  if (encoding.audioOnly) return cover(tools, plan, place);
  const grid = spriteGrid(plan.timeline.durationMs, render);
  const request = { film: FILM_FILE, encoding, grid, sheet: SHEET_FILE };
  const looks = await glanceAt(tools, request, place);
  const cues = spriteCues(grid, plan.timeline.durationMs, nameInSet(plan.request, SHEET_FILE));
  await writeFile(path.join(place.folder, CUES_FILE), cues);
  await makeThumbnail(tools, plan, looks, place);
  return {
    thumbnail: THUMBNAIL_FILE,
    files: [
      ...(await titled(tools, plan, place)),
      sprites(plan, SHEET_FILE, 'image/jpeg'),
      sprites(plan, CUES_FILE, 'text/vtt'),
      ...(await preview(tools, plan, place)),
      ...(encoding.hls ? await makeLadder(tools, plan, place) : []),
    ],
  };
}

async function titled(
  { fontsFolder }: ComposeTools,
  { request: { title, language } }: FilmPlan,
  { folder }: FilmPlace,
): Promise<SideFile[]> {
  const picture = { folder, input: THUMBNAIL_FILE, output: TITLED_FILE };
  const isDrawn = await drawTitle({ title, language, fontsFolder }, picture);
  const file = { file: TITLED_FILE, mediaType: 'image/jpeg' };
  return isDrawn ? [{ kind: 'thumbnail', label: 'title', ...file }] : [];
}

async function preview(
  tools: ComposeTools,
  { request: { render } }: FilmPlan,
  place: FilmPlace,
): Promise<SideFile[]> {
  const encoding = encodingOf(render);
  if (!isPreview(encoding.preview)) return [];
  await makePreview(tools, { kind: encoding.preview, film: FILM_FILE, encoding }, place);
  return [{ kind: 'preview', label: encoding.preview, ...PREVIEWS[encoding.preview] }];
}

function isPreview(kind: string): kind is PreviewKind {
  return Object.hasOwn(PREVIEWS, kind);
}

async function cover(
  { fontsFolder }: ComposeTools,
  { request: { title, language } }: FilmPlan,
  { folder }: FilmPlace,
): Promise<BesideFilm> {
  const size = { widthPx: COVER_PX, heightPx: COVER_PX };
  await drawTitle({ title, language, fontsFolder }, { folder, size, output: THUMBNAIL_FILE });
  return { thumbnail: THUMBNAIL_FILE, files: [] };
}

/** Files of a set name each other: their labels are their names. */
function sprites({ request }: FilmPlan, file: string, mediaType: string): SideFile {
  return { kind: 'sprites', label: nameInSet(request, file), file, mediaType };
}

import {
  msOf,
  rateOf,
  type BlobRef,
  type Cut,
  type CutNarration,
  type MakeVideoInput,
  type Narration,
  type Narrations,
  type Picture,
  type PlacedNarration,
  type Scene,
  type Script,
  type Shot,
} from '@aura/proto';
import { lanes } from './lanes.js';
import * as stage from './production.js';

/** A film that the user has cut, once its words are spoken. */
export interface OwnCut {
  cut: Cut;
  timeline: BlobRef;
  narrations: PlacedNarration[];
}

/** The scenes of a cut as a script: nobody has to write one. */
export function scriptOfCut({ title, shots }: Cut, { brief }: MakeVideoInput): Script {
  return {
    title,
    language: brief.language,
    style: brief.style,
    scenes: shots.map(({ scene }) => scene),
    provider: 'own',
    unitKey: '',
    warnings: [],
    materialExhausted: true,
  };
}

/** Narration ends with a quarter of a second of silence, which may run on below what follows. */
const ENDING_SILENCE_MS = 250;

/**
 * Speaks all of a cut before anything of it is pictured: words that do not fit their place fail the job while
 * nothing else has been paid for.
 */
export async function narrateCut(
  production: stage.Production,
  cut: Cut,
): Promise<PlacedNarration[]> {
  const { order, chronicle, plan } = production;
  const rate = rateOf(order.render);
  const narrations: PlacedNarration[] = [];
  await lanes([...cut.narration.entries()], plan.limits.lanes, async ([at, words]) => {
    const { start, frames } = words;
    const maxMs = Math.ceil(msOf(frames, rate)) + ENDING_SILENCE_MS;
    const narration = await stage.narrate(production, sceneOf(words, at), { maxMs });
    chronicle.warn(...narration.warnings);
    narrations[at] = { start, frames, narration };
    const done = Object.keys(narrations).length / cut.narration.length;
    chronicle.note({ narrated: Math.floor(done * cut.shots.length) });
  });
  chronicle.note({ narrated: cut.shots.length });
  return narrations;
}

function sceneOf({ id, text }: CutNarration, index: number): Scene {
  return {
    id,
    index,
    kind: 'statement',
    narration: text,
    heading: '',
    points: [],
    visualPrompt: '',
    keywords: [],
  };
}

const NO_BLOB: BlobRef = { sha256: '', bytes: 0, mediaType: '' };

/** Of a shot that shows no picture of ours. Nobody reads its bytes. */
export const NO_PICTURE: Picture = {
  image: NO_BLOB,
  widthPx: 0,
  heightPx: 0,
  provider: '',
  unitKey: '',
  warnings: [],
};

/** Of a shot of a cut: what is said stands beside the shots. */
const NO_NARRATION: Narration = {
  audio: NO_BLOB,
  timings: NO_BLOB,
  durationMs: 0,
  provider: '',
  voice: '',
  unitKey: '',
  warnings: [],
};

export function ownShot({ cut }: OwnCut, { id, index }: Scene, picture: Picture): Shot {
  const { visual } = cut.shots[index]!;
  const { frames } = visual;
  return { sceneId: id, index, picture, narration: NO_NARRATION, leadMs: 0, frames, visual };
}

/** Whether the timeline itself says what is seen, so that nobody has to picture it. */
export function hasPicture({ cut }: OwnCut, { index, media }: Scene): boolean {
  const source = cut.shots[index]?.visual.source;
  if (media || !source) return false;
  return Boolean(source.image ?? source.clip ?? source.figure) || source.colour !== '';
}

/** What of an own timeline concerns a part of the film: its words there, and where the rest is to be read. */
export function ownPart(
  { timeline, narrations }: OwnCut,
  part: { start: number; frames: number },
): { timeline: BlobRef; narrations: Narrations } {
  const end = part.start + part.frames;
  const said = narrations.filter(({ start, frames }) => start < end && start + frames > part.start);
  return { timeline, narrations: { narrations: said } };
}

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
  type RenderSpec,
  type Scene,
  type Script,
  type Shot,
} from '@aura/proto';
import { lanes } from './lanes.js';
import * as stage from './production.js';
import { framesOfFilm } from './shots.js';

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

/** Spoken narration ends with a quarter of a second of silence, which may run on where nothing else is said. */
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
  const narrations: PlacedNarration[] = [];
  await lanes([...cut.narration.entries()], plan.limits.lanes, async ([at, words]) => {
    const { start, frames, audio } = words;
    const maxMs = longestMs(cut, at, order.render);
    const narration = await (audio
      ? stage.hear(production, { ...words, audio }, { maxMs })
      : stage.narrate(production, sceneOf(words, at), { maxMs }));
    chronicle.warn(...narration.warnings);
    narrations[at] = { start, frames, narration };
    const done = Object.keys(narrations).length / cut.narration.length;
    chronicle.note({ narrated: Math.floor(done * cut.shots.length) });
  });
  chronicle.note({ narrated: cut.shots.length });
  return narrations;
}

/** Two pieces are never heard at a time, and none beyond the film. A recording ends when it ends. */
export function longestMs(
  { shots, narration }: Pick<Cut, 'shots' | 'narration'>,
  at: number,
  render: RenderSpec,
): number {
  const rate = rateOf(render);
  const { start, frames, audio } = narration[at]!;
  const filmFrames = framesOfFilm(shots.map(({ visual }) => visual));
  const next = narration[at + 1]?.start ?? filmFrames;
  const placeMs = msOf(frames, rate);
  const silenceMs = audio ? 0 : ENDING_SILENCE_MS;
  return Math.floor(Math.min(placeMs + silenceMs, msOf(next - start, rate)));
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

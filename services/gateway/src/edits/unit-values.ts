import { createHash } from 'node:crypto';
import {
  changesWithTime,
  encodingOf,
  FIGURES,
  labelsOf,
  needsPlace,
  OWN_MEDIA,
  pictureChain,
  pictureWish,
  rateOf,
  type FilmStyle,
  type RenderSpec,
  type Scene,
  type UnitName,
} from '@aura/proto';
import { likelySpeechMs } from '@aura/provider';
import { canonicalJson } from '@aura/storage';
import type { EditableFilm, KindOf } from './film.js';

/**
 * A unit of work of a film, with a value that stands for its content key: units whose values are equal have equal keys,
 * and units whose values differ have different ones.
 */
export interface UnitValue {
  unit: UnitName;
  /** Empty for the whole film. */
  sceneId: string;
  /** Of which of the films of the job; empty for the first, and for what they share. */
  label: string;
  value: string;
}

/**
 * All units that a film is made of, in the order of the pipeline. What is in a value mirrors what is in the keys of the
 * stages: see narrateScene, illustrateScene and its providers, encodeSegment, assembleFilm. Pure.
 */
export function unitValues(film: EditableFilm, kindOf: KindOf): UnitValue[] {
  const { order } = film;
  const { scenes } = order.edited.script;
  const voices = scenes.map((scene) => voiceValue(film, scene));
  const outputs = order.outputs ?? [];
  const labels = labelsOf(outputs);
  const shared = { film, kindOf, voices };
  return [
    ...scenes.map((scene, at) => unit('narrateScene', scene, '', voices[at])),
    ...valuesOfFilm(shared, { label: '', render: order.render }),
    ...outputs.flatMap((render, at) => valuesOfFilm(shared, { label: labels[at] ?? '', render })),
  ];
}

/** What is seen of a scene, in a frame of this size. Equal values are pictures of one key. Pure. */
export function pictureValue(
  film: EditableFilm,
  scene: Scene,
  { kindOf, render }: { kindOf: KindOf; render: Pick<RenderSpec, 'widthPx' | 'heightPx'> },
): string {
  const maker = makerOfPicture(film, scene, kindOf);
  const { look, seats, script } = film.order.edited;
  const { widthPx, heightPx } = render;
  const frame = [maker, widthPx, heightPx];
  const { id, index, kind, heading, points, keywords, narration, figure, media } = scene;
  if (maker === OWN_MEDIA) return hash(frame, media?.sha256);
  const { sceneCount: _, ...same } = look;
  if (isDrawn(maker, kindOf)) {
    const place = { id, index, count: script.scenes.length };
    const isFigure = maker === FIGURES && figure && film.order.style?.figures !== false;
    if (isFigure) return hash(frame, same, place, figure);
    const words = heading === '' || kind === 'quote' ? narration : '';
    return hash(frame, same, place, [kind, heading, points, keywords, words]);
  }
  const place = [look, seats[id] ?? index];
  if (kindOf(maker).startsWith('stock')) {
    return hash(frame, place, keywords.length > 0 ? keywords : [heading]);
  }
  const words = [scene.visualPrompt, heading, keywords.join(', '), narration];
  return hash(
    frame,
    place,
    words.find((text) => text.trim() !== ''),
  );
}

/** Who is asked first for the picture of a scene; empty for nobody. Pure. */
export function makerOfPicture(
  { order, chains }: EditableFilm,
  scene: Scene,
  kindOf: KindOf,
): string {
  const made = order.edited.makers.find(
    ({ stage, sceneId }) => stage === 'visuals' && sceneId === scene.id,
  );
  return made?.provider ?? pictureChain(chains.visuals, pictureWish(scene, order), kindOf)[0] ?? '';
}

function voiceValue({ order, chains }: EditableFilm, { id, voice, narration }: Scene): string {
  const maker = order.edited.makers.find((one) => one.stage === 'voice' && one.sceneId === id);
  return hash(maker?.provider ?? chains.voice[0], voice ?? order.voice, narration);
}

function isDrawn(provider: string, kindOf: KindOf): boolean {
  return provider === FIGURES || kindOf(provider) === 'drawing';
}

interface Shared {
  film: EditableFilm;
  kindOf: KindOf;
  voices: readonly string[];
}

interface OneFilm {
  label: string;
  render: RenderSpec;
}

function valuesOfFilm({ film, kindOf, voices }: Shared, { label, render }: OneFilm): UnitValue[] {
  const { order } = film;
  const { script } = order.edited;
  const { scenes } = script;
  const isHeardOnly = encodingOf(render).audioOnly;
  const pictures = isHeardOnly ? [] : picturesOf({ film, kindOf, voices }, { label, render });
  const frames = voices.map((voice, at) => hash(voice, rateOf(render), at === voices.length - 1));
  const segments = isHeardOnly
    ? []
    : scenes.map((_, at) => segmentValue(film, render, { pictures, frames, voices, at }));
  const { title, language } = script;
  const { translations, style } = order;
  const whole = {
    render,
    title,
    language,
    translations,
    style,
    chapters: chaptersOf(scenes),
    label,
  };
  return [
    ...pictures.flatMap(({ value, isAsked }, at) =>
      isAsked ? [unit('illustrateScene', scenes[at], label, value)] : [],
    ),
    ...segments.map((value, at) => unit('encodeSegment', scenes[at], label, value)),
    unit('assembleFilm', undefined, label, hash(whole, frames, segments)),
  ];
}

/** What a film is told apart into by its headings, which takes some length. */
function chaptersOf(scenes: readonly Scene[]): string[] {
  const headings = scenes.map(({ heading }) => heading);
  const spokenMs = scenes.reduce((sum, { narration }) => sum + likelySpeechMs(narration), 0);
  const isLong = spokenMs + scenes.length * 900 >= FEWEST_CHAPTERS * 8_000;
  return isLong && new Set(headings.filter(Boolean)).size >= FEWEST_CHAPTERS ? headings : [];
}

const FEWEST_CHAPTERS = 3;

interface PictureOfFilm {
  value: string;
  /** Further films show the pictures of the first, but for those that are drawn for the frame. */
  isAsked: boolean;
}

function picturesOf({ film, kindOf }: Shared, { label, render }: OneFilm): PictureOfFilm[] {
  const { order } = film;
  const { widthPx, heightPx } = order.render;
  const isSame = widthPx === render.widthPx && heightPx === render.heightPx;
  const wasHeard = encodingOf(order.render).audioOnly;
  return order.edited.script.scenes.map((scene) => {
    const isNew = wasHeard || (!isSame && isDrawn(makerOfPicture(film, scene, kindOf), kindOf));
    const isAsked = label === '' || isNew;
    const shown = isAsked ? render : order.render;
    return { value: pictureValue(film, scene, { kindOf, render: shown }), isAsked };
  });
}

/** A segment shows the tail of the shot before where it does not cut. */
function segmentValue(
  { order }: EditableFilm,
  render: RenderSpec,
  shown: {
    pictures: readonly PictureOfFilm[];
    frames: readonly string[];
    voices: readonly string[];
    at: number;
  },
): string {
  const { style, edited } = order;
  const { scenes, language } = edited.script;
  const { pictures, frames, voices, at } = shown;
  const { captions, motion, fit, transition, transitionMs, figures, credits } = style ?? {};
  const look = { motion, fit, transition, transitionMs, figures: figures !== false, credits };
  const shot = (index: number) => [scenes[index]?.id, pictures[index]?.value, frames[index]];
  const goesOver = at > 0 && transition?.kind !== 'cut';
  const isBurned = !captions?.mode || captions.mode === 'burned' || captions.mode === 'both';
  return hash(
    encodedAs(render),
    plain(look),
    shot(at),
    goesOver ? shot(at - 1) : [],
    isBurned ? [captions, voices[at], language] : [],
    overlaysAt(style, { frames, at }),
  );
}

function encodedAs(render: RenderSpec) {
  const { widthPx, heightPx } = render;
  const { codec, quality, crf, bitrateKbps, twoPass, bitDepth, hdr } = encodingOf(render);
  const platform = render.platform;
  return {
    widthPx,
    heightPx,
    rate: rateOf(render),
    codec,
    quality,
    crf,
    bitrateKbps,
    twoPass,
    bitDepth,
    hdr,
    platform,
  };
}

/** A style that says nothing of itself looks like none. */
function plain(look: object): object {
  return Object.fromEntries(
    Object.entries(look).filter(([, value]) => value !== '' && value !== 0),
  );
}

/** What comes, goes or moves over the film looks otherwise where the film before it, or all of it, lasts otherwise. */
function overlaysAt(
  style: FilmStyle | undefined,
  { frames, at }: { frames: readonly string[]; at: number },
) {
  const overlays = style?.overlays ?? [];
  if (!needsPlace(style)) return overlays;
  const isUntilEnd = overlays.some((one) => changesWithTime(one) && one.frames === 0);
  return [overlays, frames.slice(0, at), isUntilEnd ? frames : []];
}

function unit(
  name: UnitName,
  scene: Scene | undefined,
  label: string,
  value: string | undefined,
): UnitValue {
  return { unit: name, sceneId: scene?.id ?? '', label, value: `${name} ${value ?? ''}` };
}

function hash(...values: unknown[]): string {
  return createHash('sha256')
    .update(canonicalJson(values.map((value) => value ?? null)))
    .digest('base64url');
}

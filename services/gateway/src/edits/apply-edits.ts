import type { EditedFilm, FilmStyle, Scene, SceneTranslations } from '@aura/proto';
import { invalidInput } from '../problem/invalid-input.js';
import type { Order } from '../videos/order.js';
import type { BytesOf } from '../videos/style/files.js';
import { captionStyleOf, styleOf } from '../videos/style/style-of.js';
import type { Operation, OperationOf } from './edit-request.js';
import { editedScene, newScene } from './edited-scene.js';
import type { EditableFilm, KindOf } from './film.js';
import { textsOf, tracksOf, type TextsOf } from './scene-texts.js';
import { pictureValue } from './unit-values.js';
import { withWanted, type IsUsable } from './with-wanted.js';
import { lastNumber, sceneId } from './scene-ids.js';
import { pointsProblem, requireWhole } from './whole-film.js';

/** A film under the hands of its user. */
interface Draft {
  order: Order & { edited: EditedFilm };
  chains: EditableFilm['chains'];
  scenes: Scene[];
  title: string;
  texts: TextsOf;
}

interface Given {
  bytesOf: BytesOf;
  kindOf: KindOf;
  isUsable: IsUsable;
  /** What its scenes say in other languages. */
  translations: SceneTranslations | undefined;
}

/** A film after the operations, one after the other. Pure. Errors: InvalidInput. */
export function applyEdits(
  film: EditableFilm,
  operations: readonly Operation[],
  { bytesOf, kindOf, isUsable, translations }: Given,
): { film: EditableFilm; translations: SceneTranslations | undefined } {
  const { order, chains } = film;
  const { script } = order.edited;
  let draft: Draft = {
    order,
    chains,
    scenes: script.scenes,
    title: script.title,
    texts: textsOf(script.scenes, translations),
  };
  for (const [at, operation] of operations.entries()) {
    draft = changed(draft, operation, { bytesOf, isUsable, refuse: refusalAt(at) });
  }
  requireWhole(draft.scenes, script.scenes, ['operations']);
  const scenes = draft.scenes.map((scene, index) => ({ ...scene, index }));
  const { chains: asked } = draft;
  const edited = { order: { ...draft.order, edited: withScenes(draft, scenes) }, chains: asked };
  return {
    film: { ...edited, order: { ...edited.order, edited: keptMakers(film, edited, kindOf) } },
    translations: tracksOf(scenes, draft.texts),
  };
}

type Refuse = (member: string, message: string) => Error;

interface Hands extends Pick<Given, 'isUsable'> {
  bytesOf: BytesOf;
  refuse: Refuse;
}

function changed(draft: Draft, operation: Operation, hands: Hands): Draft {
  switch (operation.op) {
    case 'scene':
      return withScene(draft, operation, hands);
    case 'move':
      return moved(draft, operation, hands.refuse);
    case 'insert':
      return inserted(draft, operation, hands);
    case 'remove': {
      const at = placeOf(draft, operation.sceneId, hands.refuse);
      return { ...draft, scenes: draft.scenes.toSpliced(at, 1) };
    }
    case 'captions': {
      const { captions: _, ...style } = draft.order.style ?? USUAL;
      const { captions } = operation;
      if (captions?.mode === 'none' && draft.texts.size > 0) {
        throw hands.refuse('captions.mode', 'must not be none beside captions in other languages');
      }
      return withStyle(draft, {
        ...style,
        ...(captions ? { captions: captionStyleOf(captions) } : {}),
      });
    }
    case 'music':
      return withMusic(draft, operation, hands.bytesOf);
    case 'title':
      return titled(draft, operation.title);
    case 'upgrade':
      return upgraded(draft, operation, hands);
  }
}

function refusalAt(at: number): Refuse {
  return (member, message) =>
    invalidInput([{ path: ['operations', at, ...member.split('.')], message }]);
}

function placeOf({ scenes }: Draft, sceneId: string, refuse: Refuse, member = 'sceneId'): number {
  const at = scenes.findIndex(({ id }) => id === sceneId);
  if (at >= 0) return at;
  const known = scenes.map(({ id }) => id).join(', ');
  throw refuse(member, `must be a scene of the film: ${known}`);
}

function targetOf(draft: Draft, before: string | null | undefined, refuse: Refuse): number {
  return before == null ? draft.scenes.length : placeOf(draft, before, refuse, 'before');
}

function withScene(draft: Draft, operation: OperationOf<'scene'>, hands: Hands): Draft {
  const at = placeOf(draft, operation.sceneId, hands.refuse);
  const scene = draft.scenes[at]!;
  const media = hands.bytesOf(operation.assetId);
  const next = editedScene(scene, operation, { usual: draft.order.voice, media });
  const problem = pointsProblem(next);
  if (problem) throw hands.refuse('points', problem);
  const texts = new Map(draft.texts);
  if (next.narration !== scene.narration) texts.delete(scene.id);
  return { ...draft, texts, scenes: draft.scenes.with(at, next) };
}

function moved(draft: Draft, { sceneId, before }: OperationOf<'move'>, refuse: Refuse): Draft {
  const at = placeOf(draft, sceneId, refuse);
  if (before === sceneId) throw refuse('before', 'must be another scene');
  const rest = { ...draft, scenes: draft.scenes.toSpliced(at, 1) };
  const to = targetOf(rest, before, refuse);
  return { ...draft, scenes: rest.scenes.toSpliced(to, 0, draft.scenes[at]!) };
}

function inserted(
  draft: Draft,
  { before, scene }: OperationOf<'insert'>,
  { bytesOf, refuse }: Hands,
): Draft {
  const { order, scenes } = draft;
  const seat = freeSeat(order.edited.seats, scenes);
  const id = sceneId(seat + 1);
  const edited = { ...order.edited, seats: { ...order.edited.seats, [id]: seat } };
  const to = targetOf(draft, before, refuse);
  const texts = new Map(draft.texts);
  if (scene.translations) {
    texts.set(id, new Map(scene.translations.map(({ language, text }) => [language, text])));
  }
  const added = newScene(id, scene, bytesOf(scene.assetId));
  return { ...draft, texts, order: { ...order, edited }, scenes: scenes.toSpliced(to, 0, added) };
}

/** Ids and seats part where a scene was left out before the film was made: a new scene gets what neither of them has. */
function freeSeat(seats: EditedFilm['seats'], scenes: readonly Scene[]): number {
  const ids = [...Object.keys(seats), ...scenes.map(({ id }) => id)];
  return Math.max(lastNumber(ids), ...Object.values(seats).map((seat) => seat + 1));
}

/** A style that says nothing. */
const USUAL: FilmStyle = { motion: '', fit: '', transitionMs: 0, overlays: [], figures: true };

function withStyle(draft: Draft, style: FilmStyle): Draft {
  return { ...draft, order: { ...draft.order, style } };
}

function withMusic(draft: Draft, { music }: OperationOf<'music'>, bytesOf: BytesOf): Draft {
  const { order } = draft;
  const style = order.style ?? USUAL;
  const wanted = music ? styleOf({ sound: { music } }, order.render, bytesOf).sound : undefined;
  const { music: _, ...others } = style.sound ?? {
    effects: [],
    loudnessLufs: 0,
    mono: false,
    denoise: false,
  };
  return withStyle(draft, { ...style, sound: { ...others, ...musicOf(wanted) } });
}

function musicOf(sound: FilmStyle['sound']): Pick<NonNullable<FilmStyle['sound']>, 'music'> {
  return sound?.music ? { music: sound.music } : {};
}

/** Where the film's title is what a scene shows, it shows the new one. */
function titled(draft: Draft, title: string): Draft {
  const scenes = draft.scenes.map((scene) => {
    const isTitle = scene.heading === draft.title || scene.heading === '';
    return scene.kind === 'title' && isTitle ? { ...scene, heading: title } : scene;
  });
  return { ...draft, title, scenes };
}

/** Whoever is wanted is asked first again. */
function upgraded(
  draft: Draft,
  { sceneIds }: OperationOf<'upgrade'>,
  { refuse, isUsable }: Hands,
): Draft {
  for (const sceneId of sceneIds ?? []) placeOf(draft, sceneId, refuse, 'sceneIds');
  const isMeant = (sceneId: string) => !sceneIds || sceneIds.includes(sceneId);
  return { ...draft, ...withWanted(draft, isMeant, isUsable) };
}

/** What is told of scenes that are there as they were. */
function withScenes({ order, title }: Draft, scenes: Scene[]): EditedFilm {
  const { edited } = order;
  const { script } = edited;
  const same = new Set(
    script.scenes
      .filter(({ id, narration }) =>
        scenes.some((scene) => scene.id === id && scene.narration === narration),
      )
      .map(({ id }) => id),
  );
  const { citations, analysis } = script;
  const warnings = script.warnings.filter(({ sceneId }) => sceneId === '' || same.has(sceneId));
  const ofSame = <T extends { sceneId: string }>(all: readonly T[]) =>
    all.filter(({ sceneId }) => same.has(sceneId));
  const told = {
    ...(citations ? { citations: { scenes: ofSame(citations.scenes) } } : {}),
    ...(analysis ? { analysis: { ...analysis, scenes: ofSame(analysis.scenes) } } : {}),
  };
  return { ...edited, script: { ...script, title, scenes, warnings, ...told } };
}

/** Whoever has made what is not as it was has no part in it any more. */
function keptMakers(before: EditableFilm, after: EditableFilm, kindOf: KindOf): EditedFilm {
  const { edited } = after.order;
  const old = new Map(before.order.edited.script.scenes.map((scene) => [scene.id, scene]));
  const now = new Map(edited.script.scenes.map((scene) => [scene.id, scene]));
  const isKept = ({ stage, sceneId }: { stage: string; sceneId: string }) => {
    const [was, is] = [old.get(sceneId), now.get(sceneId)];
    if (!was || !is) return false;
    if (stage === 'voice') return isVoicedAlike(was, is);
    const { render } = after.order;
    // Where it stands is no matter of who has pictured it.
    const seen = (scene: Scene) =>
      pictureValue(before, { ...scene, index: was.index }, { kindOf, render });
    return seen(was) === seen(is);
  };
  return {
    ...edited,
    makers: edited.makers.filter(isKept),
    replacements: edited.replacements.filter((line) => line.sceneId === '' || isKept(line)),
  };
}

function isVoicedAlike(one: Scene, other: Scene): boolean {
  return one.narration === other.narration && one.voice?.voiceId === other.voice?.voiceId;
}

import type { BlobRef, Figure, Scene, VoiceSpec } from '@aura/proto';
import { figureFrom } from '../videos/timeline/figure-request.js';
import type { OperationOf } from './edit-request.js';

type Wish = Omit<OperationOf<'scene'>, 'op' | 'sceneId'>;

/** What a scene is after an edit of it. `usual` is the voice of the job, `media` the file that the wish names. Pure. */
export function editedScene(
  scene: Scene,
  wish: Wish,
  { usual, media }: { usual: VoiceSpec; media: BlobRef | undefined },
): Scene {
  const { figure: _, media: shown, voice, ...before } = scene;
  const texts = {
    ...before,
    ...given(wish.narration, '', 'narration'),
    ...given(wish.heading, '', 'heading'),
    ...given(wish.kind, 'statement', 'kind'),
    ...given(wish.points, [], 'points'),
    ...given(wish.visualPrompt, '', 'visualPrompt'),
    ...given(wish.keywords, [], 'keywords'),
  };
  const next = {
    figure: wish.figure === undefined ? stillTold(scene, texts) : figureOf(wish.figure),
    media: wish.assetId === undefined ? shown : media,
    voice: voiceOf(wish.voiceId, { voice, usual }),
  };
  return { ...texts, ...defined(next) };
}

/** A scene of the user's own. */
export function newScene(
  id: string,
  wish: OperationOf<'insert'>['scene'],
  media: BlobRef | undefined,
): Scene {
  const points = wish.points ?? [];
  return {
    id,
    index: 0,
    kind: wish.kind ?? (points.length > 0 ? 'list' : 'statement'),
    narration: wish.narration,
    heading: wish.heading ?? '',
    points,
    visualPrompt: wish.visualPrompt ?? '',
    keywords: wish.keywords ?? [],
    ...defined({ media, figure: figureOf(wish.figure) }),
  };
}

function given<Name extends keyof Scene>(
  value: Scene[Name] | null | undefined,
  nothing: Scene[Name],
  name: Name,
): Partial<Pick<Scene, Name>> {
  return value === undefined ? {} : ({ [name]: value ?? nothing } as Pick<Scene, Name>);
}

function defined<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const there = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Name in keyof T]?: NonNullable<T[Name]> };
}

function figureOf(figure: Wish['figure']): Figure | undefined {
  return figure ? figureFrom(figure) : undefined;
}

function voiceOf(
  voiceId: string | null | undefined,
  { voice, usual }: { voice: VoiceSpec | undefined; usual: VoiceSpec },
): VoiceSpec | undefined {
  if (voiceId === undefined) return voice;
  return voiceId === null || voiceId === usual.voiceId ? undefined : { ...usual, voiceId };
}

/**
 * The figure of a scene whose words have changed: gone where it shows something that the scene said before and does not
 * say any more.
 */
function stillTold(before: Scene, after: Pick<Scene, 'narration' | 'heading' | 'points' | 'kind'>) {
  const { figure } = before;
  if (!figure || before.kind !== after.kind) return undefined;
  const [said, says] = [wordsOf(before), wordsOf(after)];
  const { title, items } = figure;
  const isHeaded = title !== '' && title === before.heading;
  const shown = [
    isHeaded ? '' : title,
    ...items.flatMap(({ label, text, value }) => [label, text, value === 0 ? '' : String(value)]),
  ];
  const isLost = shown.some((text) => {
    const part = text.toLowerCase();
    return part !== '' && said.includes(part) && !says.includes(part);
  });
  if (isLost || before.points.join('\n') !== after.points.join('\n')) return undefined;
  return isHeaded ? { ...figure, title: after.heading } : figure;
}

function wordsOf({ narration, heading, points }: Pick<Scene, 'narration' | 'heading' | 'points'>) {
  return [narration, heading, ...points].join('\n').toLowerCase();
}

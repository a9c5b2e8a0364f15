import type { Overlay } from '@aura/proto';
import { z } from 'zod';
import { text } from '../text.js';
import { file, type BytesOf, type NamedFile } from './files.js';
import { assetId, colour, oneOf, within, yesOrNo } from './values.js';

const KINDS = ['text', 'lower-third', 'picture', 'clip', 'progress'] as const;
const ANIMATIONS = ['none', 'fade', 'slide', 'typewriter', 'count-up'] as const;
export const ANCHORS = [
  'top-left',
  'top',
  'top-right',
  'left',
  'centre',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const;

const place = {
  anchor: oneOf(ANCHORS).nullish().describe('Where it lies; what suits its kind where absent.'),
  margin: within(0, 0.4)
    .nullish()
    .describe('Distance from the edges as a share of the frame’s short side; 0.05 where absent.'),
  width: within(0.01, 1)
    .nullish()
    .describe('Width as a share of the frame’s width; as wide as it is where absent.'),
  moveTo: oneOf(ANCHORS).nullish().describe('Where it moves to until its end.'),
  opacity: within(0.05, 1).nullish().describe('1 where absent.'),
};

const looks = {
  animation: oneOf(ANIMATIONS)
    .nullish()
    .describe('How it comes, and but for the last two how it goes; none where absent.'),
  lines: z
    .array(text(200), 'must be a list')
    .min(1, 'must have at least 1 entry')
    .max(6, 'must have at most 6 entries')
    .nullish()
    .describe('Of text and lower-third: the first line is the larger.'),
  size: within(0.01, 0.5)
    .nullish()
    .describe('Height of the letters as a share of the frame’s short side.'),
  colour: colour().nullish().describe('Of the letters, the border or the bar; white where absent.'),
  background: colour().nullish().describe('Behind the text; none where absent.'),
  assetId: assetId('picture or clip').nullish().describe('Of picture and clip.'),
  radius: within(0, 0.5).nullish().describe('Of the corners, as a share of the short side.'),
  border: within(0, 0.1).nullish().describe('Width of the border, as a share of the short side.'),
};

/** A piece of an uploaded clip. */
export const clipPiece = {
  fromSeconds: within(0, 3_600).nullish().describe('Where the clip begins; 0 where absent.'),
  toSeconds: within(0, 3_600).nullish().describe('Where it ends; its end where absent.'),
  speed: within(0.25, 4).nullish().describe('1 where absent.'),
  loop: yesOrNo()
    .nullish()
    .describe('Whether a clip that is too short begins anew, or its last picture stays.'),
};

/** Something drawn over the film; `times` are the members that say when. */
export function overlaySchema<T extends z.core.$ZodLooseShape>(times: T, id: string) {
  return z
    .strictObject(
      { kind: oneOf(KINDS), ...times, ...place, ...looks, ...clipPiece },
      'must be an object',
    )
    .superRefine((overlay, context) => {
      for (const [path, message] of problemsOf(overlay as unknown as OverlayRequest)) {
        context.addIssue({ code: 'custom', path: [path], message });
      }
    })
    .meta({ id });
}

type Member<T> = T | null | undefined;

export interface OverlayRequest extends ClipPiece {
  kind: (typeof KINDS)[number];
  anchor?: Member<string>;
  margin?: Member<number>;
  width?: Member<number>;
  moveTo?: Member<string>;
  opacity?: Member<number>;
  animation?: Member<(typeof ANIMATIONS)[number]>;
  lines?: Member<string[]>;
  size?: Member<number>;
  colour?: Member<string>;
  background?: Member<string>;
  assetId?: Member<string>;
  radius?: Member<number>;
  border?: Member<number>;
}

export interface ClipPiece {
  fromSeconds?: Member<number>;
  toSeconds?: Member<number>;
  speed?: Member<number>;
  loop?: Member<boolean>;
}

function problemsOf(overlay: OverlayRequest): [string, string][] {
  const { kind, lines, assetId: id, animation } = overlay;
  const isText = kind === 'text' || kind === 'lower-third';
  const isMedia = kind === 'picture' || kind === 'clip';
  const problems: [string, string][] = [];
  if (isText && !lines) problems.push(['lines', `must be there for a ${kind}`]);
  if (!isText && lines) problems.push(['lines', `must not be there for a ${kind}`]);
  if (isMedia && !id) problems.push(['assetId', `must be the id of an uploaded ${kind}`]);
  if (!isMedia && id) problems.push(['assetId', `must not be there for a ${kind}`]);
  if (!isText && (animation === 'typewriter' || animation === 'count-up')) {
    problems.push(['animation', `must be none, fade or slide for a ${kind}`]);
  }
  return [...problems, ...pieceProblems(overlay)];
}

/** A piece of a clip that ends before it begins. */
export function pieceProblems({ fromSeconds, toSeconds }: ClipPiece): [string, string][] {
  const isSome = toSeconds == null || toSeconds > (fromSeconds ?? 0);
  return isSome ? [] : [['toSeconds', 'must lie behind fromSeconds']];
}

const ANCHOR_OF: Record<OverlayRequest['kind'], string> = {
  text: 'centre',
  'lower-third': 'bottom-left',
  picture: 'top-right',
  clip: 'top-right',
  progress: 'bottom',
};

/** Distance of an overlay from the edges where nobody says another. */
export const USUAL_MARGIN = 0.05;

/** An overlay as films know it. */
export function overlayFrom(
  overlay: OverlayRequest,
  { start, frames }: { start: number; frames: number },
  bytesOf: BytesOf,
): Overlay {
  const { kind, lines, size, background } = overlay;
  const blob = bytesOf(overlay.assetId);
  const letters = { size: size ?? 0, colour: overlay.colour ?? '', background: background ?? '' };
  return {
    kind,
    start,
    frames,
    place: {
      anchor: overlay.anchor ?? ANCHOR_OF[kind],
      margin: overlay.margin ?? (kind === 'progress' ? 0 : USUAL_MARGIN),
      width: overlay.width ?? 0,
      toAnchor: overlay.moveTo ?? '',
    },
    opacity: overlay.opacity === 1 ? 0 : (overlay.opacity ?? 0),
    animation: overlay.animation ?? 'none',
    lines: lines ?? [],
    ...(lines ? { text: letters } : {}),
    ...(kind === 'picture' && blob ? { image: blob } : {}),
    ...(kind === 'clip' && blob ? { clip: { video: blob, ...clipFrom(overlay) } } : {}),
    radius: overlay.radius ?? 0,
    border: overlay.border ?? 0,
    colour: lines ? '' : (overlay.colour ?? ''),
  };
}

export function clipFrom({ fromSeconds, toSeconds, speed, loop }: ClipPiece) {
  return {
    fromMs: Math.round((fromSeconds ?? 0) * 1_000),
    toMs: Math.round((toSeconds ?? 0) * 1_000),
    speed: speed ?? 0,
    loop: loop ?? false,
  };
}

/** The files that overlays name. */
export function overlayFiles(
  overlays: readonly OverlayRequest[],
  path: (string | number)[],
): NamedFile[] {
  return overlays.flatMap(({ kind, assetId: id }, at) =>
    file(id, kind === 'clip' ? 'clip' : 'picture', [...path, at, 'assetId']),
  );
}

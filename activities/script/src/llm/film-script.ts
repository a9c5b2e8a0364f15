import type { Scene, Warning } from '@aura/proto';
import type { WrittenScript } from '../script-provider.js';
import type { StyleName } from '../styles.js';
import { dataFigure, isDataKind } from '../figures/figure-of.js';
import { graphemes } from '../text/graphemes.js';
import { headingOf } from '../text/heading.js';
import { keywordsOf } from '../text/keywords.js';
import { describePicture } from '../analysis/visual-prompts.js';
import { MAX_POINT, MAX_POINTS, MAX_SCENE_HEADING, MAX_TITLE } from '../validate-script.js';
import { pictureKeywords, picturePrompt } from './picture-words.js';
import type { RepairedFilm } from './repair-film.js';

export interface ScriptFrame {
  language: string;
  style: StyleName;
  provider: string;
  warnings: Warning[];
}

/** Below this share of the target a script would be asked for once more; the model was told and had no more to say. */
const SHORT = 0.9;
/** Below this one the user is told. */
const NOTABLY_SHORT = 0.85;
const KINDS = new Set(['title', 'statement', 'list', 'number', 'quote', 'closing']);

/**
 * The script of a mended film. Ids, order and kinds are ours, whatever the model wrote; descriptions of pictures
 * become plain words, and are made from the scene where the model gave none. Pure.
 */
export function scriptOf(
  { title, scenes, share }: RepairedFilm,
  { language, style, provider, warnings }: ScriptFrame,
): WrittenScript {
  const short: Warning[] =
    share < NOTABLY_SHORT
      ? [
          {
            code: 'MaterialExhausted',
            message: `The language model wrote ${Math.round(share * 100)} % of the length that was asked for.`,
            stage: 'script',
            sceneId: '',
          },
        ]
      : [];
  return {
    title: clipped(title, MAX_TITLE),
    language,
    style,
    scenes: scenes.map((scene, index): Scene => {
      const { narration } = scene;
      const keywords = pictureKeywords([...scene.keywords, ...keywordsOf(narration, language, 3)]);
      const heading = clipped(scene.heading || headingOf(narration, language), MAX_SCENE_HEADING);
      const figure = isDataKind(scene.kind)
        ? dataFigure(scene.kind, { heading, points: scene.points }, language)
        : undefined;
      const kind = figure ? 'list' : KINDS.has(scene.kind) ? scene.kind : 'statement';
      return {
        id: `s${String(index + 1).padStart(2, '0')}`,
        index,
        kind,
        narration,
        heading,
        points: scene.points.slice(0, MAX_POINTS).map((point) => clipped(point, MAX_POINT)),
        visualPrompt:
          picturePrompt(scene.visualPrompt) ||
          describePicture({ narration, heading, kind, keywords }, style).prompt,
        keywords,
        ...(figure ? { figure } : {}),
      };
    }),
    provider,
    warnings: [...warnings, ...short],
    materialExhausted: share < SHORT,
  };
}

function clipped(text: string, most: number): string {
  const characters = graphemes(text.trim());
  if (characters.length <= most) return text.trim();
  return `${characters
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
}

import type { Scene } from '@aura/proto';
import type { StyleName } from '../../styles.js';
import { graphemes } from '../../text/graphemes.js';
import { headingOf } from '../../text/heading.js';
import { keywordsOf } from '../../text/keywords.js';
import { baseLanguage } from '../../text/language.js';
import { MAX_POINT, MAX_POINTS, MAX_SCENE_HEADING } from '../../validate-script.js';
import type { Draft } from './film/draft.js';
import { visualPrompt } from './visual-prompt.js';

const MAX_KEYWORDS = 8;

/** The scenes of the script: ids in order, what is shown cut to what a card holds. */
export function scriptScenes(
  draft: Draft,
  { style, language, maxScenes }: { style: StyleName; language: string; maxScenes: number },
): Scene[] {
  const space = /^(?:zh|ja|yue)$/.test(baseLanguage(language)) ? '' : ' ';
  return draft.scenes.slice(0, maxScenes).map((scene, index): Scene => {
    const narration = scene.sentences.join(space).trim();
    const points = scene.points
      .map((point) => clipped(point, MAX_POINT))
      .filter(Boolean)
      .slice(0, MAX_POINTS);
    const keywords = [...new Set([...scene.keywords, ...keywordsOf(narration, language, 3)])];
    return {
      id: `s${String(index + 1).padStart(2, '0')}`,
      index,
      kind: points.length === 0 && /^(?:list|number)$/.test(scene.kind) ? 'statement' : scene.kind,
      narration,
      heading: clipped(scene.heading, MAX_SCENE_HEADING) || headingOf(narration, language),
      points,
      visualPrompt: visualPrompt(scene, style),
      keywords: keywords.map((word) => clipped(word, 40)).slice(0, MAX_KEYWORDS),
    };
  });
}

function clipped(text: string, most: number): string {
  const characters = graphemes(text.trim());
  return characters.length <= most
    ? text.trim()
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

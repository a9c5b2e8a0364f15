import type { PictureRequest } from '../visuals-provider.js';
import { cleanText, shorten } from '@aura/drawing';
import { filmStyle, sceneSeed } from './film-style.js';

/** What a generator is asked for. All of it shows in the picture. */
export interface ScenePrompt {
  /** What is to be seen, from the script: data, cleaned and shortened. */
  sight: string;
  /** The film's style line. */
  style: string;
  seed: number;
}

const MAX_SIGHT = 400;
const MAX_KEYWORDS = 5;
const MAX_KEYWORD = 40;

/** Follows from the scene and the film's look alone. Pure. */
export function scenePrompt({ scene, look, take }: PictureRequest): ScenePrompt {
  const film = filmStyle(look);
  const candidates = [
    scene.visualPrompt,
    scene.heading,
    keywordsOf(scene.keywords),
    scene.narration,
  ];
  const sight = candidates.map(cleanText).find((text) => text !== '') ?? cleanText(look.title);
  return {
    sight: shorten(sight, MAX_SIGHT),
    style: film.line,
    seed: sceneSeed(film, scene.index, take),
  };
}

/** The prompt for models that read sentences. */
export function promptText({ sight, style }: ScenePrompt): string {
  return `${ended(sight)} Style of the whole film: ${style}. ${NO_WRITING}`;
}

/**
 * A second prompt for a scene that was refused: what it is about, without what is to be seen of it. Refusals are
 * mostly about a detail, and a calm still life is a better picture than none.
 */
export function softenedText({ scene, look }: PictureRequest, { style }: ScenePrompt): string {
  const about = keywordsOf(scene.keywords) || shorten(cleanText(scene.heading || look.title), 80);
  const hint = about === '' ? '' : ` that quietly suggests: ${about}`;
  return `A calm, symbolic still life${hint}. Peaceful, no people, for all ages. Style of the whole film: ${style}. ${NO_WRITING}`;
}

const NO_WRITING = 'No text, no letters, no captions, no logos, no watermark.';

function keywordsOf(keywords: readonly string[]): string {
  return keywords
    .slice(0, MAX_KEYWORDS)
    .map((word) => shorten(cleanText(word), MAX_KEYWORD))
    .filter((word) => word !== '')
    .join(', ');
}

function ended(text: string): string {
  return /[.!?…。！？]$/u.test(text) ? text : `${text}.`;
}

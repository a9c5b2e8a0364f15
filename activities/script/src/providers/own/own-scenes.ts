import type { OwnScene, OwnScript, Scene } from '@aura/proto';
import { speechMs, type Speed } from '../../pace.js';
import type { StyleName } from '../../styles.js';
import { headingOf } from '../../text/heading.js';
import { keywordsOf } from '../../text/keywords.js';
import { sentencesOf } from '../../text/sentences.js';
import type { SceneKind } from '../rule-based/film/beat.js';
import { cardOf, type Card } from '../rule-based/film/card.js';
import type { DraftScene } from '../rule-based/film/draft.js';
import { scriptScenes } from '../rule-based/script-scenes.js';
import { writeText } from '../rule-based/write-text.js';
import { plainLines, plainWords } from './plain-words.js';

export interface OwnFilm {
  style: StyleName;
  language: string;
  maxScenes: number;
  pace: Speed;
}

/** Titles and scenes of the user's own words, in their order; nothing is added to what is said, or left out. */
export function ownScenes(script: OwnScript, film: OwnFilm): { title: string; scenes: Scene[] } {
  const title = plainWords(script.title);
  return script.scenes.length > 0
    ? { title, scenes: givenScenes(script.scenes, title, film) }
    : cutScenes(script.text, title, film);
}

/** A text is cut where its thoughts end: lines before sentences. */
function cutScenes(text: string, title: string, film: OwnFilm): { title: string; scenes: Scene[] } {
  const { language, maxScenes, pace } = film;
  const paragraphs = plainLines(text).map((line) => ({
    heading: '',
    sentences: sentencesOf(line, language),
    items: [],
  }));
  const msOf = (line: string) => speechMs(line, pace, language);
  const longest = Math.round(Math.min(400, Math.max(60, 12_000 / pace.msPerCharacter)));
  const limits = { targetMs: Number.MAX_SAFE_INTEGER, maxScenes, msOf };
  const draft = writeText({ title, paragraphs, language, limits, longest });
  return { title: draft.title, scenes: scriptScenes(draft, film) };
}

function givenScenes(own: readonly OwnScene[], title: string, film: OwnFilm): Scene[] {
  const drafts: DraftScene[] = [];
  for (const [at, scene] of own.entries()) {
    const card = cardFor(scene, {
      film,
      previous: drafts.at(-1)?.kind,
      title: at === 0 ? title : '',
    });
    const keywords = scene.keywords.map(plainWords).filter(Boolean);
    const found = keywordsOf(scene.narration, film.language);
    drafts.push({
      ...card,
      sentences: [plainWords(scene.narration)],
      keywords: keywords.length > 0 ? keywords : found,
      sight: (keywords.length > 0 ? keywords : found).slice(0, 4).join(', ') || card.heading,
    });
  }
  const draft = { title, scenes: drafts, isAll: true, isOwnText: true, warnings: [] };
  return scriptScenes(draft, film).map((scene, at) => {
    const wanted = own[at];
    const visualPrompt = plainWords(wanted?.visualPrompt ?? '') || scene.visualPrompt;
    const isOwn = (wanted?.keywords.length ?? 0) > 0;
    const keywords = isOwn ? (drafts[at]?.keywords ?? []) : scene.keywords;
    const { media, figure } = wanted ?? {};
    return {
      ...scene,
      visualPrompt,
      keywords,
      ...(media ? { media } : {}),
      ...(figure ? { figure } : {}),
    };
  });
}

/** What the scene shows, where its author does not say it. */
function cardFor(
  scene: OwnScene,
  { film, previous, title }: { film: OwnFilm; previous: SceneKind | undefined; title: string },
): Card {
  const { language } = film;
  const sentences = sentencesOf(plainWords(scene.narration), language);
  const points = scene.points.map(plainWords).filter(Boolean);
  const heading = plainWords(scene.heading) || title;
  const found = cardOf(sentences, heading, { language, previous, items: [] });
  const own = heading || found.heading || headingOf(sentences[0] ?? '', language);
  const kind = scene.kind as SceneKind | '';
  if (kind !== '') return { kind, heading: own, points };
  if (points.length > 0) return { kind: 'list', heading: own, points };
  if (scene.visualPrompt !== '' || scene.media || scene.figure)
    return { kind: 'statement', heading: own, points };
  return title === '' ? { ...found, heading: own } : { kind: 'title', heading: own, points };
}

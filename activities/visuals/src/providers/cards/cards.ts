import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Warning } from '@aura/proto';
import type { PictureRequest, VisualsProvider } from '../../visuals-provider.js';
import { cardContent, textsOf, type CardContent } from './card-content.js';
import { planFor, renderCard } from './draw-card.js';
import { type FontLibrary, charactersOf, filmLook, hanLanguage, scriptsIn } from '@aura/drawing';

export const CARDS = 'cards';

/** Draws each scene as a typographic card from the fonts that are here: no network, no key, the same bytes every time. */
export function cardsProvider(openFonts: () => Promise<FontLibrary>): VisualsProvider {
  return {
    name: CARDS,
    recipe: 3,
    async inputsOf({ scene, look, render }) {
      const content = cardContent(scene, look);
      const { title, style, language } = look;
      return {
        content,
        look: { title, style, language },
        widthPx: render.widthPx,
        heightPx: render.heightPx,
        fonts: await fontVersion(content, look, await openFonts()),
      };
    },
    async draw({ scene, look, render }, { scratch, signal }) {
      signal?.throwIfAborted();
      const content = cardContent(scene, look);
      const { plan, missing, readable } = await planFor(
        { content, look, render },
        await openFonts(),
      );
      signal?.throwIfAborted();
      const file = path.join(scratch, 'card.png');
      await writeFile(file, await renderCard(plan));
      signal?.throwIfAborted();
      const leaves = readable ? glyphsMissing : nothingToRead;
      return { file, warnings: missing.length > 0 ? [leaves(missing, scene.id)] : [] };
    },
  };
}

/** Names the fonts that this card's texts could be drawn with; other fonts may come and go. */
function fontVersion(
  content: CardContent,
  { title, style, language }: PictureRequest['look'],
  fonts: FontLibrary,
): Promise<string> {
  const { typeface } = filmLook({ title, style });
  const requests = textsOf(content).flatMap((text) =>
    scriptsIn(text).flatMap((script) =>
      (['bold', 'regular'] as const).map((weight) => ({
        script,
        typeface,
        weight,
        language: hanLanguage(text, language),
      })),
    ),
  );
  return fonts.version(requests);
}

export function glyphsMissing(missing: string[], sceneId: string): Warning {
  return warning(
    `The drawing of scene ${sceneId} leaves out ${named(missing)}: no installed font draws it.`,
    sceneId,
  );
}

/** A film with a card that has its ornament alone is worth more than none: the words are still spoken. */
function nothingToRead(missing: string[], sceneId: string): Warning {
  return warning(
    `The card of scene ${sceneId} shows no text: no installed font draws ${named(missing)}. ` +
      'On Debian, fonts-noto-core and fonts-noto-cjk draw most scripts.',
    sceneId,
  );
}

function warning(message: string, sceneId: string): Warning {
  return { code: 'GlyphsMissing', message, stage: 'visuals', sceneId };
}

/** A few of the missing characters by code point, so that any terminal can show the message. */
function named(missing: string[]): string {
  const codes = missing.slice(0, 6).map((grapheme) =>
    charactersOf(grapheme)
      .slice(0, 3)
      .map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
      .join(' '),
  );
  const more = missing.length > 6 ? ` and ${missing.length - 6} more` : '';
  return `${codes.join(', ')}${more}`;
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  figureInputs,
  figurePng,
  planFigure,
  sharedFontLibrary,
  type FontLibrary,
} from '@aura/drawing';
import { FIGURES, type Figure } from '@aura/proto';
import { pictureSize } from '../../pictures/picture-size.js';
import type { PictureRequest, VisualsProvider } from '../../visuals-provider.js';
import { cards } from '../cards/cards-entry.js';
import { cardsProvider, glyphsMissing } from '../cards/cards.js';
import type { VisualsEntry } from '../visuals-entry.js';

/** Data drawn by Aura itself, with the fonts that the cards are drawn with: what proves these proves both. */
export const figures: VisualsEntry = {
  ...cards,
  name: FIGURES,
  gives:
    'Numbers, charts, dates, steps, lists and quotes of a scene, drawn so that they build themselves up.',
  create: ({ fontsFolder }) => figuresProvider(() => sharedFontLibrary(fontsFolder)),
};

/** A scene that tells of no data gets a card: who names this provider has all scenes drawn by it. */
export function figuresProvider(openFonts: () => Promise<FontLibrary>): VisualsProvider {
  const plain = cardsProvider(openFonts);
  return {
    name: FIGURES,
    recipe: 2,
    async inputsOf(request) {
      const figure = figureOf(request);
      if (!figure) return { card: plain.recipe, inputs: await plain.inputsOf(request) };
      const { widthPx, heightPx } = request.render;
      return { ...(await figureInputs(figure, await openFonts())), widthPx, heightPx };
    },
    async draw(request, place) {
      const { scratch, signal } = place;
      const figure = figureOf(request);
      if (!figure) return plain.draw(request, place);
      signal?.throwIfAborted();
      const plan = await planFigure(figure, request.render, await openFonts());
      signal?.throwIfAborted();
      const file = path.join(scratch, 'figure.png');
      const size = pictureSize(request.render);
      await writeFile(file, await figurePng(plan, { withParts: true, ...size }));
      signal?.throwIfAborted();
      const { missing } = plan;
      const warnings = missing.length > 0 ? [glyphsMissing(missing, request.scene.id)] : [];
      return { file, warnings, figure };
    },
  };
}

/** A scene's data with all that its drawing takes from the film. */
function figureOf({ scene, look }: PictureRequest): Figure | undefined {
  if (!scene.figure) return undefined;
  const { title, style, language, sceneCount } = look;
  const place = { seed: scene.id, number: scene.index + 1, count: sceneCount };
  return { ...scene.figure, look: { title, style, language, ...place } };
}

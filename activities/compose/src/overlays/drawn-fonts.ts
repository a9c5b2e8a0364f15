import { createHash } from 'node:crypto';
import { figureInputs, sharedFontLibrary } from '@aura/drawing';
import type { Fragment } from '@aura/timeline';

/** Names the content of the fonts that the figures of a fragment are drawn with; undefined where there is none. */
export async function drawnFonts(
  { visuals }: Fragment,
  fontsFolder: string | undefined,
): Promise<string | undefined> {
  const figures = visuals.flatMap(({ source }) => source?.figure ?? []);
  if (figures.length === 0) return undefined;
  const library = await sharedFontLibrary(fontsFolder);
  const versions: string[] = [];
  for (const figure of figures) versions.push((await figureInputs(figure, library)).fonts);
  return createHash('sha256').update(versions.join()).digest('hex').slice(0, 16);
}

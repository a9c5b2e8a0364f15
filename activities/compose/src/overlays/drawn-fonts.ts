import { createHash } from 'node:crypto';
import { figureInputs, hanLanguage, scriptsIn, sharedFontLibrary } from '@aura/drawing';
import type { Fragment } from '@aura/timeline';

/**
 * Names the content of the fonts that the figures of a fragment and the texts over it are drawn with; undefined where
 * there are none.
 */
export async function drawnFonts(
  { visuals, overlays }: Fragment,
  { language, fontsFolder }: { language: string; fontsFolder: string | undefined },
): Promise<string | undefined> {
  const figures = visuals.flatMap(({ source }) => source?.figure ?? []);
  const lines = overlays.flatMap((overlay) => overlay.lines);
  if (figures.length + lines.length === 0) return undefined;
  const library = await sharedFontLibrary(fontsFolder);
  const versions: string[] = [];
  for (const figure of figures) versions.push((await figureInputs(figure, library)).fonts);
  versions.push(await fontsOfLines(lines, { language, fontsFolder }));
  return createHash('sha256').update(versions.join()).digest('hex').slice(0, 16);
}

/** Names the content of the fonts that lines of text are drawn with. */
export async function fontsOfLines(
  lines: readonly string[],
  { language, fontsFolder }: { language: string; fontsFolder: string | undefined },
): Promise<string> {
  const library = await sharedFontLibrary(fontsFolder);
  const requests = lines.flatMap((line) =>
    scriptsIn(line).flatMap((script) =>
      (['bold', 'regular'] as const).map((weight) => ({
        script,
        weight,
        typeface: 'sans' as const,
        language: hanLanguage(line, language),
      })),
    ),
  );
  return library.version(requests);
}

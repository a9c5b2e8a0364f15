import type { ProviderReport } from '@aura/proto';
import { cardsProvider } from './providers/cards/cards.js';
import { openFontLibrary, type FontLibrary } from './providers/cards/type/font-library.js';
import type { VisualsProvider } from './visuals-provider.js';

export interface VisualsSettings {
  /** A folder of further fonts, used before the shipped and the installed ones. */
  fontsFolder?: string;
}

/** Every provider of pictures, one line each. */
export function createProviders({ fontsFolder }: VisualsSettings): VisualsProvider[] {
  return [cardsProvider(() => libraryOf(fontsFolder))];
}

/**
 * What the worker reports of this stage: each provider is tried for real until it has worked once. Its fonts
 * stay the same for as long as this process lives, and trying them out costs the films time.
 */
export function visualsProviders(settings: VisualsSettings = {}): Promise<ProviderReport[]> {
  return Promise.all(
    createProviders(settings).map(async (provider) => {
      const key = `${provider.name} ${settings.fontsFolder ?? ''}`;
      const report = proven.get(key) ?? (await provider.report());
      if (report.usable) proven.set(key, report);
      return report;
    }),
  );
}

const proven = new Map<string, ProviderReport>();

/** Fonts are looked for once per folder and process, and opened once whoever asks. */
const libraries = new Map<string, Promise<FontLibrary>>();

function libraryOf(fontsFolder: string | undefined): Promise<FontLibrary> {
  const key = fontsFolder ?? '';
  const library = libraries.get(key) ?? openFontLibrary(fontsFolder);
  libraries.set(key, library);
  return library;
}

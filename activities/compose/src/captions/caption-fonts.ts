import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ProgramError, runProgram } from '@aura/media';
import type { Caption } from '@aura/proto';
import { emojiFont } from './draw-emoji.js';
import { hasEmoji } from './emoji.js';
import { fontOf, mainScriptOf, scriptOf } from './scripts.js';

export interface CaptionFontsRequest {
  language: string;
  /** A folder of fonts beside the installed ones. */
  fontsFolder?: string | undefined;
}

/** Whatever is captioned, in whatever measure of time. */
type Worded = Pick<Caption, 'lines'>;

/**
 * Names the content of the fonts that these captions may be drawn with: those of the folder, and the installed
 * ones that fontconfig, which libass asks, gives for the families that the captions name. Undefined where there
 * is no caption. Other installed fonts may come and go.
 */
export async function captionFonts(
  captions: readonly Worded[],
  { language, fontsFolder }: CaptionFontsRequest,
): Promise<string | undefined> {
  if (captions.length === 0) return undefined;
  const own = fontsFolder === undefined ? [] : await filesIn(fontsFolder);
  const families = familiesOf(captions, language).flatMap((family) => [family, `${family}:bold`]);
  const installed = await Promise.all(families.map(installedFile));
  const pictographs = hasEmoji(captions) ? [(await emojiFont(fontsFolder)) ?? ''] : [];
  const files = new Set([...own, ...installed, ...pictographs]);
  const stamps = await Promise.all([...files].map(stampOf));
  return createHash('sha256').update(stamps.join()).digest('hex').slice(0, 16);
}

function familiesOf(captions: readonly Worded[], language: string): string[] {
  const text = captions.flatMap(({ lines }) => lines).join('\n');
  // Signs beside letters of another script may be drawn with the Latin font.
  const scripts = new Set(['Latn', mainScriptOf(text, language)]);
  for (const character of new Set(text)) scripts.add(scriptOf(character, language) ?? 'Latn');
  return [...new Set([...scripts].map((script) => fontOf(script).family))].toSorted();
}

/** libass reads all files of the folder, and none below it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  return names.toSorted().map((name) => path.join(folder, name));
}

/** Empty on a machine without fontconfig. */
async function installedFile(family: string): Promise<string> {
  try {
    const { stdout } = await runProgram('fc-match', ['--format', '%{file}', family]);
    return stdout;
  } catch (error) {
    if (error instanceof ProgramError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return '';
    throw error;
  }
}

/**
 * The content of a font file without reading all of it: its table directory holds the checksum of every table
 * (OpenType 1.9, "otff"). For collections the first directories stand for the whole.
 */
async function stampOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return 'unreadable';
  try {
    const head = Buffer.alloc(4_096);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const { size } = await handle.stat();
    return createHash('sha256')
      .update(head.subarray(0, bytesRead))
      .update(String(size))
      .digest('hex');
  } finally {
    await handle.close();
  }
}

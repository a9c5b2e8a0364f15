import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

export type Typeface = 'sans' | 'serif';
export type Weight = 'bold' | 'regular';

/** One face in a file: `index` within a collection, `wght` where the file is variable. */
export interface FontSource {
  file: string;
  index: number;
  wght?: number;
  /** See `FontFace.stroke`. */
  stroke?: number;
}

/** Every font that cards may use. `installed` maps lower-case file names without extension to paths. */
export interface FontFiles {
  own: { file: string; bold: boolean }[];
  shipped: Record<Typeface, Record<Weight, string>>;
  installed: ReadonlyMap<string, string>;
}

const SYSTEM_FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  path.join(os.homedir(), '.local/share/fonts'),
  path.join(os.homedir(), '.fonts'),
  '/Library/Fonts',
  path.join(os.homedir(), 'Library/Fonts'),
];
const FONT_FILE = /\.(ttf|otf|ttc|otc)$/i;
/** Families that are looked for by name among the installed fonts; others are left alone. */
const USED_FAMILIES = /^(noto(sans|serif|naskh|music|emoji)|dejavusans)/i;
const MAX_FILES = 5_000;
const MAX_DEPTH = 5;

/** Looks through the folders once. `ownFolder` comes before all others; a folder that is missing is empty. */
export async function findFontFiles(
  ownFolder?: string,
  systemFolders = SYSTEM_FOLDERS,
): Promise<FontFiles> {
  const own = ownFolder === undefined ? [] : await filesBelow(ownFolder);
  const found = await Promise.all(systemFolders.map((folder) => filesBelow(folder)));
  const installed = new Map<string, string>();
  for (const file of found.flat()) {
    const name = path.basename(file).replace(FONT_FILE, '').toLowerCase();
    if (USED_FAMILIES.test(name) && !installed.has(name)) installed.set(name, file);
  }
  return {
    own: own.map((file) => ({ file, bold: /bold|black|heavy|-700|-800/i.test(file) })),
    shipped: shippedFonts(),
    installed,
  };
}

/**
 * Names the content of a font file without reading all of it: its table directory holds the checksum of
 * every table (OpenType 1.9, "otff"). For collections the first directories stand for the whole.
 */
export async function stampOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(4_096);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const { size } = await handle.stat();
    const hash = createHash('sha256').update(head.subarray(0, bytesRead)).update(String(size));
    return hash.digest('hex').slice(0, 16);
  } finally {
    await handle.close();
  }
}

function shippedFonts(): FontFiles['shipped'] {
  const require = createRequire(import.meta.url);
  return {
    sans: {
      bold: require.resolve('@expo-google-fonts/manrope/800ExtraBold/Manrope_800ExtraBold.ttf'),
      regular: require.resolve('@expo-google-fonts/manrope/600SemiBold/Manrope_600SemiBold.ttf'),
    },
    serif: {
      bold: require.resolve('@expo-google-fonts/source-serif-4/700Bold/SourceSerif4_700Bold.ttf'),
      regular:
        require.resolve('@expo-google-fonts/source-serif-4/500Medium/SourceSerif4_500Medium.ttf'),
    },
  };
}

async function filesBelow(root: string): Promise<string[]> {
  const files: string[] = [];
  let folders = [root];
  for (let depth = 0; depth <= MAX_DEPTH && folders.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of folders.toSorted()) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        const full = path.join(folder, entry.name);
        if (entry.isDirectory()) next.push(full);
        else if (FONT_FILE.test(entry.name) && files.length < MAX_FILES) files.push(full);
      }
    }
    folders = next;
  }
  return files;
}

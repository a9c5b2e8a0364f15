import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** An ffmpeg that works, but fails where `word` stands in its arguments. */
export async function failingAt(folder: string, word: string): Promise<string> {
  const file = path.join(folder, 'failing-ffmpeg');
  await writeFile(file, `#!/bin/bash\ncase "$*" in *${word}*) exit 1;; esac\nexec ffmpeg "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

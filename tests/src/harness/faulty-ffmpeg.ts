import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** How it behaves whenever it is to encode pictures; all else it does as FFmpeg does. */
export type FfmpegMode = 'sound' | 'crashing' | 'crashing once' | 'hanging' | 'breaking its output';

export interface FaultyFfmpeg {
  /** For FFMPEG_PATH. */
  path: string;
  behave(mode: FfmpegMode): Promise<void>;
  /** Takes the program away, as an uninstall in the middle of a job would. */
  remove(): Promise<void>;
  restore(): Promise<void>;
}

/** The real FFmpeg behind a script that can be told to crash, to hang or to spoil what it writes. */
export async function faultyFfmpeg(home: string): Promise<FaultyFfmpeg> {
  const folder = path.join(home, 'faulty');
  const program = path.join(folder, 'ffmpeg');
  const mode = path.join(folder, 'mode');
  await mkdir(folder, { recursive: true });
  const restore = async () => {
    await writeFile(program, SCRIPT);
    await chmod(program, 0o755);
  };
  const behave = (next: FfmpegMode) => writeFile(mode, next);
  await restore();
  await behave('sound');
  return { path: program, behave, remove: () => rm(program), restore };
}

const SCRIPT = `#!/bin/bash
here="$(dirname "$0")"
mode="$(cat "$here/mode")"
case " $* " in *" -filter_complex "*) ;; *) mode=sound ;; esac
case "$mode" in
  "crashing") kill -SEGV $$ ;;
  "crashing once") echo sound > "$here/mode"; kill -SEGV $$ ;;
  "hanging") exec -a ffmpeg sleep 600 ;;
  "breaking its output")
    ffmpeg "$@" || exit $?
    last="\${!#}"; file="\${last#file:}"
    truncate -s "$(( $(stat -c %s "$file") / 2 ))" "$file"
    exit 0 ;;
esac
exec -a ffmpeg ffmpeg "$@"
`;

import { afterAll, beforeAll, expect, test } from 'vitest';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runFfmpeg } from './run-ffmpeg.js';
import { runWatchedFfmpeg } from './watched-ffmpeg.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aura-ffmpeg-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a missing FFmpeg and one that cannot be executed have their own code', async () => {
  await expect(runFfmpeg(path.join(folder, 'none'), [])).rejects.toMatchObject({
    code: 'FFmpegNotFound',
  });
  const plain = path.join(folder, 'plain-file');
  await writeFile(plain, 'no program');
  await expect(runFfmpeg(plain, [])).rejects.toMatchObject({ code: 'FFmpegNotFound' });
});

test.each([
  ['exit 7', 'FFmpegFailedExitCode:7'],
  ['kill -SEGV $$', 'FFmpegFailedExitCode:SIGSEGV'],
  ['echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1', 'OutOfDiskSpace'],
  ['echo "Error writing trailer: No space left on device" >&2; exit 0', 'OutOfDiskSpace'],
  ['echo "out.mp4: Read-only file system" >&2; exit 1', 'OutputDirectoryNotWritable'],
  ['echo "Cannot allocate memory" >&2; exit 1', 'InsufficientMemory'],
])('an FFmpeg that does "%s" fails as %s', async (script, code) => {
  const program = await standIn(`${script}\n`);
  await expect(runFfmpeg(program, [])).rejects.toMatchObject({ code });
});

test('the end of its error output is kept for operators', async () => {
  const program = await standIn('echo "moov atom not found" >&2; exit 1\n');
  await expect(runFfmpeg(program, [])).rejects.toMatchObject({
    details: expect.stringContaining('moov atom not found'),
  });
});

test('an FFmpeg without progress is ended and named by its step', async () => {
  const program = await standIn(
    'while :; do printf "frame=3\\nprogress=continue\\n"; sleep 0.05; done\n',
  );
  const running = runWatchedFfmpeg(program, [], { step: 'mux', stallMs: 300 });
  await expect(running).rejects.toMatchObject({ code: 'StepTimeout:mux' });
});

test('an FFmpeg that goes on slowly may go on', async () => {
  const program = await standIn('for n in 1 2 3 4 5 6; do echo "frame=$n"; sleep 0.1; done\n');
  const frames: number[] = [];
  await runWatchedFfmpeg(program, [], {
    step: 'mux',
    stallMs: 400,
    onFrame: (frame) => frames.push(frame),
  });
  expect(frames).toEqual([1, 2, 3, 4, 5, 6]);
});

let made = 0;
async function standIn(body: string): Promise<string> {
  made += 1;
  const file = path.join(folder, `ffmpeg-${made}`);
  await writeFile(file, `#!/bin/sh\n${body}`);
  await chmod(file, 0o755);
  return file;
}

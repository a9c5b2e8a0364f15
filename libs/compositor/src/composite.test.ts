import { afterAll, beforeAll, expect, test } from 'vitest';
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runFfmpeg, runProgram } from '@aura/media';
import { composite, frameInput, type CompositeJob } from './composite.js';
import type { RenderPlan } from './render-plan.js';
import { FRAME, framesOf, hills, planOf, psnr, shown, stillOf } from './testing/plans.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aura-composite-'));
  const clip = ['-f', 'lavfi', '-i', 'testsrc=s=128x72:r=25:d=0.4', '-pix_fmt', 'yuv420p'];
  await runFfmpeg('ffmpeg', [
    '-nostdin',
    '-v',
    'error',
    '-y',
    ...clip,
    path.join(folder, 'clip.yuv'),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const window = {
  x: [
    { frame: 0, value: 0.5 },
    { frame: 40, value: 15.2 },
  ],
  y: 3.3,
  width: 110,
};
const MOVING = planOf({
  frames: 20,
  stills: [stillOf(hills)],
  visuals: [shown({ still: 0 }, { window })],
});
const LONG: RenderPlan = {
  ...MOVING,
  frames: 100_000,
  visuals: [shown({ still: 0 }, { window, to: 100_000 })],
};

function job(plan: RenderPlan, changes: Partial<CompositeJob['encoder']> = {}): CompositeJob {
  const head = ['-nostdin', '-v', 'error', '-progress', 'pipe:1', '-nostats', '-y'];
  const args = [...head, ...frameInput(FRAME, '25'), '-f', 'rawvideo', 'out.yuv'];
  return { plan, encoder: { program: 'ffmpeg', args, cwd: folder, step: 'subtitles', ...changes } };
}

async function written(): Promise<Uint8Array[]> {
  const bytes = await readFile(path.join(folder, 'out.yuv'));
  const each = (FRAME.widthPx * FRAME.heightPx * 3) / 2;
  return Array.from({ length: bytes.length / each }, (_, index) =>
    bytes.subarray(index * each, (index + 1) * each),
  );
}

test('frames are told in the context of whoever ordered them, also by a thread that has worked for others', async () => {
  const order = new AsyncLocalStorage<string>();
  for (const name of ['first', 'second']) {
    const heard = new Set<string | undefined>();
    const onFrame = () => heard.add(order.getStore());
    await order.run(name, () => composite({ ...job(MOVING), onFrame }));
    expect([...heard]).toEqual([name]);
  }
});

test('an encoder gets exactly the frames of the plan, in their order', async () => {
  const facts = await composite(job(MOVING));
  expect(facts).toEqual({ frames: 20, blacks: [], freezes: [] });
  const frames = await framesOf(MOVING);
  expect((await written()).map((bytes) => Buffer.from(bytes))).toEqual(
    frames.map((bytes) => Buffer.from(bytes)),
  );
});

test('black and standing pictures are found while they are drawn', async () => {
  const visuals = [
    { ...shown({ colour: '#000000' }), to: 8 },
    { ...shown({ still: 0 }, { window }), from: 8, to: 15 },
    { ...shown({ still: 0 }), from: 15 },
  ];
  const facts = await composite(job({ ...MOVING, visuals }));
  expect(facts.blacks).toEqual([{ from: 0, to: 8 }]);
  expect(facts.freezes).toEqual([
    { from: 1, to: 8 },
    { from: 16, to: 20 },
  ]);
});

test.each([
  ['and then stays', false, [0, 1, 8, 9, 9, 9]],
  ['and begins anew', true, [0, 1, 8, 9, 0, 1]],
])('a clip is read frame by frame %s', async (_name, loop, shownFrames) => {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p'];
  const args = [
    '-nostdin',
    '-v',
    'error',
    ...raw,
    '-s',
    '128x72',
    '-i',
    'clip.yuv',
    ...raw,
    'pipe:1',
  ];
  const clips = [{ args, loop, skipFrames: 0 }];
  await composite(job(planOf({ frames: 12, clips, visuals: [shown({ clip: 0 })] })));
  const clip = await readFile(path.join(folder, 'clip.yuv'));
  const each = (FRAME.widthPx * FRAME.heightPx * 3) / 2;
  const frames = await written();
  for (const [index, at] of [0, 1, 8, 9, 10, 11].entries()) {
    const wanted = clip.subarray(
      (shownFrames[index] ?? 0) * each,
      ((shownFrames[index] ?? 0) + 1) * each,
    );
    expect(psnr(frames[at] ?? new Uint8Array(), wanted)).toBe(Number.POSITIVE_INFINITY);
  }
});

test('a clip that cannot be read is a failure, not a picture', async () => {
  const clips = [
    { args: ['-v', 'error', '-i', 'nothing.mp4', '-f', 'null', '-'], loop: false, skipFrames: 0 },
  ];
  const running = composite(job(planOf({ frames: 12, clips, visuals: [shown({ clip: 0 })] })));
  await expect(running).rejects.toMatchObject({
    code: expect.stringMatching(/^FFmpegFailedExitCode/),
  });
  expect(await programsOf(folder)).toEqual([]);
});

test('a cancel ends thread and encoder and throws its reason', async () => {
  const controller = new AbortController();
  const onFrame = () => controller.abort(new Error('no longer wanted'));
  const running = composite({ ...job(LONG), signal: controller.signal, onFrame });
  await expect(running).rejects.toThrow('no longer wanted');
  expect(await programsOf(folder)).toEqual([]);
});

test('a cancel before the first frame is one too', async () => {
  const running = composite({ ...job(LONG), signal: AbortSignal.abort(new Error('not wanted')) });
  await expect(running).rejects.toThrow('not wanted');
});

test.each([
  ['is killed', 'head -c 100000 > /dev/null; kill -KILL $$', 'FFmpegFailedExitCode:SIGKILL'],
  ['closes its input', 'exec 0<&-; sleep 0.2; exit 3', 'FFmpegFailedExitCode:3'],
  ['finds the disk full', 'echo "No space left on device" >&2; exit 1', 'OutOfDiskSpace'],
  ['stands still', 'exec sleep 60', 'StepTimeout:subtitles'],
])('an encoder that %s fails by its own code', async (name, script, code) => {
  const program = path.join(folder, `encoder that ${name}`);
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  await expect(composite(job(LONG, { program, stallMs: 700 }))).rejects.toMatchObject({ code });
  expect(await programsOf(folder)).toEqual([]);
});

test('an encoder that is not there has its own code', async () => {
  await expect(composite(job(MOVING, { program: '/nonexistent/ffmpeg' }))).rejects.toMatchObject({
    code: 'FFmpegNotFound',
  });
});

test('a plan that cannot be drawn is a failure that leaves nothing running', async () => {
  const broken = { ...MOVING, visuals: [shown({ still: 0 }, { to: 5 })] };
  await expect(composite(job(broken))).rejects.toMatchObject({ code: 'InternalError' });
  expect(await programsOf(folder)).toEqual([]);
});

test('frames that no memory can hold are refused before anything is drawn', async () => {
  const huge = { widthPx: 60_000, heightPx: 60_000 };
  await expect(composite(job({ ...MOVING, ...huge }))).rejects.toMatchObject({
    code: 'InsufficientMemory',
  });
});

test('the encoder dies with the process that draws', async () => {
  const script = path.join(folder, 'draws.mjs');
  const plan = { ...LONG, stills: [], visuals: [shown({ colour: '#336699' })] };
  const visuals = [{ ...plan.visuals[0], to: LONG.frames }];
  const library = new URL('../dist/index.js', import.meta.url).href;
  await writeFile(
    script,
    `import { composite } from ${JSON.stringify(library)};
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 900);
await composite(${JSON.stringify(job({ ...plan, visuals } as RenderPlan))});`,
  );
  // Not by `runProgram`: what it starts may not reserve the address space that WebAssembly wants.
  expect(spawnSync(process.execPath, [script]).signal).toBe('SIGKILL');
  expect((await stat(path.join(folder, 'out.yuv'))).size).toBeGreaterThan(0);
  expect(await programsOf(folder)).toEqual([]);
});

/** Running programs that work in a folder; looked for a while, as ends take their time. */
async function programsOf(place: string): Promise<string[]> {
  let found: string[] = [];
  for (let tries = 0; tries < 40; tries += 1) {
    const { stdout } = await runProgram('sh', [
      '-c',
      'for p in /proc/[0-9]*; do [ "$(readlink $p/cwd 2>/dev/null)" = "$1" ] && tr "\\0" " " <$p/cmdline && echo; done; true',
      'sh',
      place,
    ]);
    found = stdout.split('\n').filter((line) => line.trim() !== '');
    if (found.length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return found;
}

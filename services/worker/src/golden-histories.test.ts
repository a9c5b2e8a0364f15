import { expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { publicHistory } from '@aura/telemetry';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { pack } from 'tar-stream';
import { storyOf } from './history-story.js';

/**
 * Histories of real films (`npm run histories` records new ones) must lead today's workflow to the same decisions:
 * jobs that are in work when a new version is deployed go on with it.
 */
const CHECKOUT = path.resolve(import.meta.dirname, '../../..');
const HISTORIES = path.join(CHECKOUT, 'workflows/histories');
const BUNDLE = path.join(CHECKOUT, 'services/worker/dist/workflow-bundle.js');
const SHAPES = [
  'success',
  'canceled',
  'failed-scene',
  'retried-scene',
  'worker-lost',
  'next-run',
  'own-cut',
  'outputs',
  'paused',
  'approved',
  'rejected',
  'edited',
] as const;
type Shape = (typeof SHAPES)[number];

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

const fileOf = (shape: Shape) => path.join(HISTORIES, `make-video.${shape}.json`);

async function historyOf(shape: Shape) {
  return historyFromJSON(JSON.parse(await readFile(fileOf(shape), 'utf8')));
}

type Bundle = { codePath: string } | { code: string };

async function replay(shape: Shape, workflowBundle: Bundle, change = (json: string) => json) {
  const history = historyFromJSON(JSON.parse(change(await readFile(fileOf(shape), 'utf8'))));
  const { workflowId } = history.events![0]!.workflowExecutionStartedEventAttributes!;
  await Worker.runReplayHistory({ workflowBundle }, history, workflowId!);
}

test.each(SHAPES)('today’s workflow decides as recorded: %s', async (shape) => {
  await replay(shape, { codePath: BUNDLE });
});

test.each(SHAPES)('a history as it is archived replays too: %s', async (shape) => {
  await replay(shape, { codePath: BUNDLE }, (json) => publicHistory(json));
});

test('each history has the shape that its name says', async () => {
  await expectTold('success', /the film is finished/);
  await expectTold('canceled', /stopped by the cancel/);
  await expectTold('canceled', /^canceled$/);
  await expectTold('failed-scene', /^failed: FFmpegFailedExitCode:\w+/);
  await expectTold('retried-scene', /attempt 2 after: FFmpegFailedExitCode/);
  await expectTold('retried-scene', /the film is finished/);
  await expectTold('worker-lost', /attempt 2 after: .*[Hh]eartbeat/);
  await expectTold('worker-lost', /the film is finished/);
  await expectTold('next-run', /the film is finished/);
  await expectTold('own-cut', /encodeSegment on .*: v02/);
  await expectTold('own-cut', /the film is finished/);
  await expectTold('outputs', /Join, master, check 9x16-360p/);
  await expectTold('outputs', /the film is finished/);
  await expectTold('paused', /the user paused it/);
  await expectTold('paused', /the user let it go on/);
  await expectTold('paused', /the film is finished/);
  await expectTold('approved', /the user approved/);
  await expectTold('approved', /the film is finished/);
  await expectTold('rejected', /the user rejected: too dull/);
  await expectTold('rejected', /^canceled$/);
  await expectTold('edited', /s03 · voice by flite/);
  await expectTold('edited', /the film is finished/);
});

test('a history tells nothing of the machine that it was recorded on', async () => {
  for (const shape of SHAPES) {
    const text = await readFile(fileOf(shape), 'utf8');
    const opened = text.replace(/"data": "([\w+/=]+)"/g, (_, data: string) =>
      Buffer.from(data, 'base64').toString(),
    );
    expect(opened).not.toMatch(/\/(tmp|work|home|root|Users)\//);
    expect(opened).not.toContain(os.hostname());
  }
});

test('a workflow that decides otherwise is refused as a deviation', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-deviation-'));
  try {
    const copy = path.join(folder, 'dist');
    await cp(path.join(CHECKOUT, 'workflows/dist'), copy, { recursive: true });
    await cp(path.join(CHECKOUT, 'workflows/package.json'), path.join(folder, 'package.json'));
    await symlink(path.join(CHECKOUT, 'node_modules'), path.join(folder, 'node_modules'));
    const story = path.join(copy, 'make-video.js');
    const before = await readFile(story, 'utf8');
    const after = before.replace(/await record\.begin\(.*?\);/s, '');
    expect(after).not.toBe(before);
    await writeFile(story, after);
    const quiet = new DefaultLogger('ERROR');
    const bundle = await bundleWorkflowCode({
      workflowsPath: path.join(copy, 'index.js'),
      logger: quiet,
    });
    await expect(replay('success', bundle)).rejects.toMatchObject({
      name: 'DeterminismViolationError',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

test('`npm run replay` tells a history’s story with the reason of its end, and exits 0, 1 or 2', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-replay-'));
  try {
    const bundle = path.join(folder, 'diagnostics.tar.gz');
    const files = pack();
    files.entry({ name: 'history/run-1.json' }, await readFile(fileOf('failed-scene'), 'utf8'));
    files.finalize();
    await pipeline(files, createGzip(), createWriteStream(bundle));
    const told = await replayCommand(bundle);
    expect(told.code).toBe(0);
    expect(told.output).toMatch(/attempt 3 after: FFmpegFailedExitCode/);
    expect(told.output).toMatch(/failed: FFmpegFailedExitCode:\w+: FFmpeg ended with an error/);
    expect(told.output).toContain('today’s code decides the same');

    const other = path.join(folder, 'other.json');
    const json = await readFile(fileOf('success'), 'utf8');
    await writeFile(other, json.replace('"name": "measurePace"', '"name": "guessPace"'));
    const deviating = await replayCommand(other);
    expect(deviating.code).toBe(1);
    expect(deviating.output).toContain('Today’s code deviates');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  const missing = await replayCommand('/nowhere/history.json');
  expect(missing.code).toBe(2);
  expect(missing.output).toContain('No history of /nowhere/history.json');
}, 120_000);

async function expectTold(shape: Shape, pattern: RegExp): Promise<void> {
  const told = storyOf(await historyOf(shape)).map(({ text }) => text);
  expect(told.filter((text) => pattern.test(text))).not.toEqual([]);
}

async function replayCommand(subject: string): Promise<{ code: number; output: string }> {
  const args = [path.join(CHECKOUT, 'services/worker/dist/replay.js'), subject];
  const { NODE_OPTIONS: _, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, args, { cwd: CHECKOUT, env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

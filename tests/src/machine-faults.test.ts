import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import path from 'node:path';
import { workflowIdOf } from '@aura/proto';
import {
  eventLog,
  faultyFfmpeg,
  generate,
  noLeftovers,
  logFaults,
  noFfmpeg,
  query,
  smallDisk,
  startStack,
  statesIn,
  untilSucceeded,
  untilTerminal,
  whyNoSmallDisk,
  type FaultyFfmpeg,
  type Part,
  type SmallDisk,
  type Stack,
} from './harness/index.js';

/** What a machine can do to a film: each fault ends in its own code, publishes nothing, and leaves nothing. */
const whyNot = await whyNoSmallDisk();
let stack: Stack;
let compose: Part;
let ffmpeg: FaultyFfmpeg;

beforeAll(async () => {
  stack = await startStack({ workers: ['workflows,record,script,voice,visuals'], unready: true });
  ffmpeg = await faultyFfmpeg(stack.home);
  compose = stack.addWorker('compose-cpu', {
    FFMPEG_PATH: ffmpeg.path,
    AURA_COMPOSE_SLOTS: '8',
  });
  await compose.start();
  await stack.healthy();
}, 120_000);

afterEach(() => stack.barrier.releaseAll());
afterAll(() => stack?.stop(), 60_000);

async function expectFailed(id: string, code: string): Promise<void> {
  const status = await untilTerminal(stack, id, 90_000);
  expect(status).toMatchObject({ status: 'failed', videoUrl: null });
  const { error } = status as unknown as { error: Record<string, string> };
  expect(error['code']).toBe(code);
  expect(error['remediation']!.length).toBeGreaterThan(10);
  expect(JSON.stringify(status)).not.toContain(stack.home);
  expect(status.progressPercentage).toBeLessThan(100);
  expect((await fetch(`${stack.url}/api/videos/${id}/download`)).status).toBe(409);
  const artifacts = await query(stack, 'SELECT kind FROM artifacts WHERE job_id = $1', [id]);
  expect(artifacts.filter(({ kind }) => kind !== 'history')).toEqual([]);
  const log = await eventLog(stack, id);
  expect(logFaults(log)).toEqual([]);
  expect(statesIn(log)).toEqual(['queued', 'running', 'failed']);
}

function begunAfterPreflight(id: string) {
  return stack.barrier.arrivals.filter(
    ({ workflowId, unit }) => workflowId === workflowIdOf(id) && unit !== 'preflight',
  );
}

/** Another job may be in work meanwhile. */
function noLeftoversOf(id: string): Promise<void> {
  return noLeftovers(stack, (name) => name.endsWith('.part') || name.includes(id));
}

/** The compose worker anew; what the one before has said of its machine is forgotten. */
async function restartCompose(env: NodeJS.ProcessEnv = {}): Promise<void> {
  await compose.stop();
  await query(stack, "DELETE FROM worker_states WHERE report->>'stages' LIKE '%compose%'");
  await compose.start(env);
}

/** Begins first and is looked at last: a hang is noticed after half a minute. */
let hung: string;

test('an FFmpeg that hangs is seen to make no progress (its end comes below)', async () => {
  await ffmpeg.behave('hanging');
  const encoding = stack.barrier.hold({ checkpoint: 'before', unit: 'encodeSegment' });
  hung = await generate(stack);
  await encoding.reached();
  encoding.release();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await ffmpeg.behave('sound');
}, 120_000);

test('an FFmpeg that crashes once is tried again, and the film is made', async () => {
  await ffmpeg.behave('crashing once');
  await untilSucceeded(stack, await generate(stack));
}, 120_000);

test('an FFmpeg that always crashes ends the job with FFmpegFailedExitCode', async () => {
  await ffmpeg.behave('crashing');
  const id = await generate(stack);
  await expectFailed(id, 'FFmpegFailedExitCode:SIGSEGV');
  await noLeftoversOf(id);
  await ffmpeg.behave('sound');
}, 120_000);

test('an FFmpeg that writes a broken file and says that all is well is found out', async () => {
  await ffmpeg.behave('breaking its output');
  const id = await generate(stack);
  // The pictures of the captions are the first that it writes.
  await expectFailed(id, 'FilmInvalid:captions');
  await noLeftoversOf(id);
  await ffmpeg.behave('sound');
}, 120_000);

test('an FFmpeg that is taken away in the middle of a job ends it with FFmpegNotFound', async () => {
  const encoding = stack.barrier.hold({ checkpoint: 'before', unit: 'encodeSegment' });
  const id = await generate(stack);
  await encoding.reached();
  await ffmpeg.remove();
  encoding.release();
  await expectFailed(id, 'FFmpegNotFound');
  await noLeftoversOf(id);
  await ffmpeg.restore();
}, 120_000);

test('the FFmpeg that hangs has been ended, with the code of its step', async () => {
  await expectFailed(hung, 'StepTimeout:subtitles');
  await noLeftoversOf(hung);
  await noFfmpeg(stack);
}, 120_000);

test('without FFmpeg a job fails before any work is begun', async () => {
  await restartCompose({ FFMPEG_PATH: '/nowhere/ffmpeg' });
  const id = await generate(stack);
  await expectFailed(id, 'FFmpegNotFound');
  expect(begunAfterPreflight(id)).toEqual([]);
  await restartCompose();
}, 120_000);

describe('on a small disk for the artifacts', () => {
  let disk: SmallDisk | undefined;

  beforeAll(async () => {
    if (whyNot) return;
    disk = await smallDisk(path.join(stack.home, 'artifacts'), 64);
  });

  afterEach(() => disk?.empty());
  afterAll(async () => {
    await Promise.all(stack.workers.map((worker) => worker.stop()));
    await disk?.remove();
  });

  /** A test that cannot be made here is counted as skipped, and says why. */
  function withDisk(name: string, work: (its: SmallDisk) => Promise<void>): void {
    if (whyNot) {
      process.stdout.write(`Not tested: ${name}: ${whyNot}\n`);
      test.skip(name, () => undefined);
    } else {
      test(name, () => work(disk!), 60_000);
    }
  }

  withDisk(
    'a disk that is full when a segment is written ends the job with OutOfDiskSpace',
    async (its) => {
      const encoding = stack.barrier.hold({ checkpoint: 'before', unit: 'encodeSegment' });
      const id = await generate(stack);
      await encoding.reached();
      await its.fill();
      encoding.release();
      await expectFailed(id, 'OutOfDiskSpace');
      await its.empty();
      await noLeftoversOf(id);
    },
  );

  withDisk(
    'a disk that is full when a scene is spoken ends the job with OutOfDiskSpace',
    async (its) => {
      const speaking = stack.barrier.hold({ checkpoint: 'before', unit: 'narrateScene' });
      const id = await generate(stack);
      await speaking.reached();
      await its.fill();
      speaking.release();
      await expectFailed(id, 'OutOfDiskSpace');
      await its.empty();
      await noLeftoversOf(id);
    },
  );

  withDisk(
    'a folder that turns read-only ends the job with OutputDirectoryNotWritable',
    async (its) => {
      const speaking = stack.barrier.hold({ checkpoint: 'before', unit: 'illustrateScene' });
      const id = await generate(stack);
      await speaking.reached();
      await its.readOnly(true);
      speaking.release();
      await expectFailed(id, 'OutputDirectoryNotWritable');
      await its.readOnly(false);
    },
  );

  withDisk(
    'a folder that is read-only from the start is found before any work is begun',
    async (its) => {
      await its.readOnly(true);
      await restartCompose();
      const id = await generate(stack);
      await expectFailed(id, 'OutputDirectoryNotWritable');
      await noLeftoversOf(id);
      expect(begunAfterPreflight(id)).toEqual([]);
      await its.readOnly(false);
    },
  );
});

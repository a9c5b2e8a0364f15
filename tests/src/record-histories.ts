import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  cancel,
  faultyFfmpeg,
  generate,
  historyJson,
  post,
  startStack,
  until,
  untilTerminal,
  type FaultyFfmpeg,
  type Stack,
} from './harness/index.js';

/**
 * npm run histories [-- <shape> …]
 *
 * Makes real films on a real stack, each with the fate that its golden history is to tell, and writes their event
 * histories to workflows/histories/. What tells of this machine (names, folders) is taken out.
 */
const CHECKOUT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(CHECKOUT, 'workflows/histories');

type Fate = (stack: Stack, ffmpeg: FaultyFfmpeg) => Promise<string>;

const FATES: Record<string, Fate> = {
  success: (stack) => generate(stack, { scenes: 2 }),
  canceled: async (stack) => {
    const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'narrateScene' });
    const id = await generate(stack, { scenes: 2 });
    await hold.reached();
    await cancel(stack, id);
    return id;
  },
  'next-run': async (stack) => {
    const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'assembleFilm' });
    const id = await generate(stack, { scenes: 2 });
    await hold.reached();
    await cancel(stack, id);
    await untilTerminal(stack, id, 60_000);
    hold.release();
    await post(`${stack.url}/api/jobs/${id}/retry`, undefined);
    return id;
  },
  paused: async (stack) => {
    const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'narrateScene' });
    const id = await generate(stack, { scenes: 2 });
    await hold.reached();
    await post(`${stack.url}/api/jobs/${id}/pause`, undefined);
    hold.release();
    await sleep(2_000);
    await post(`${stack.url}/api/jobs/${id}/resume`, undefined);
    return id;
  },
  approved: async (stack) => {
    const points = ['script', 'voice-sample', 'storyboard'] as const;
    const approvals = points.map((at) => ({ at, deadlineMinutes: 5, remindMinutes: 0.02 }));
    const id = await order(stack, {
      brief: 'The sea is salty because rivers carry salt into it.',
      durationMinutes: 0.1,
      options: { quality: 'draft', fps: 12, approvals },
    });
    for (const at of points) {
      await until(`it asks for the ${at}`, async () => {
        // Late enough to be reminded of the first.
        await sleep(at === 'script' ? 2_500 : 50);
        const answer = await post(`${stack.url}/api/jobs/${id}/approve`, { at });
        return answer.ok;
      });
    }
    return id;
  },
  rejected: async (stack) => {
    const approvals = [{ at: 'script' }];
    const options = { quality: 'draft', fps: 12, approvals };
    const id = await order(stack, { brief: 'The sea is salty.', durationMinutes: 0.1, options });
    await until('it is rejected', async () => {
      const answer = await post(`${stack.url}/api/jobs/${id}/reject`, { reason: 'too dull' });
      return answer.ok;
    });
    return id;
  },
  edited: async (stack) => {
    const id = await generate(stack, { scenes: 2 });
    await untilTerminal(stack, id, 60_000);
    const operations = [
      { op: 'scene', sceneId: 's01', narration: 'A ship leaves.' },
      { op: 'insert', scene: { narration: 'Nobody waves.' } },
    ];
    await post(`${stack.url}/api/jobs/${id}/edits`, { operations });
    return id;
  },
  'failed-scene': async (stack, ffmpeg) => {
    await ffmpeg.behave('crashing');
    return generate(stack, { scenes: 2 });
  },
  'retried-scene': async (stack, ffmpeg) => {
    await ffmpeg.behave('crashing once');
    return generate(stack, { scenes: 2 });
  },
  'worker-lost': async (stack) => {
    const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'encodeSegment' });
    const id = await generate(stack, { scenes: 2 });
    const { pid } = await hold.reached();
    const worker = stack.workers.find((part) => part.pid === pid)!;
    await worker.kill();
    await worker.start();
    return id;
  },
  'own-cut': (stack) =>
    order(stack, {
      timeline: {
        title: 'Night and day',
        visuals: [
          { frames: 40, colour: '#203040' },
          { frames: 30, prompt: 'A lighthouse', transition: { kind: 'wipe', frames: 6 } },
        ],
        narration: [{ start: 3, text: 'The keeper slept all day.' }],
        overlays: [{ kind: 'progress', start: 0, frames: 70 }],
      },
      options: { quality: 'draft', fps: 12 },
    }),
  outputs: (stack) =>
    order(stack, {
      script: { scenes: [{ narration: 'One ship came.' }, { narration: 'Another one left.' }] },
      options: { quality: 'draft', fps: 12, outputs: [{ aspect: '9:16' }, { container: 'm4a' }] },
    }),
};

async function order({ url }: Stack, body: object): Promise<string> {
  const answer = await post(`${url}/api/videos/generate`, body);
  return ((await answer.json()) as { jobId: string }).jobId;
}

/** Whose fate is that of their next run. */
const SECOND_RUNS: ReadonlySet<string> = new Set(['next-run', 'edited']);

const wanted = process.argv.slice(2);
const stack = await startStack({
  workers: ['workflows,record,script,voice,visuals'],
  unready: true,
});
try {
  const ffmpeg = await faultyFfmpeg(stack.home);
  await stack.addWorker('compose-cpu', { FFMPEG_PATH: ffmpeg.path }).start();
  await stack.healthy();
  await mkdir(FOLDER, { recursive: true });
  for (const [shape, fate] of Object.entries(FATES)) {
    if (wanted.length > 0 && !wanted.includes(shape)) continue;
    const id = await fate(stack, ffmpeg);
    const { status } = await untilTerminal(stack, id, 120_000);
    await ffmpeg.behave('sound');
    const run = SECOND_RUNS.has(shape) ? 2 : 1;
    const file = path.join(FOLDER, `make-video.${shape}.json`);
    await writeFile(file, scrubbed(await historyJson(stack, id, run), stack.home));
    console.log(`${path.relative(CHECKOUT, file)}: ${status}`);
  }
} finally {
  await stack.stop();
}

/** The same history without the names of this machine; payloads are opened, changed and closed again. */
function scrubbed(json: string, home: string): string {
  const names: [string, string][] = [
    [home, '/aura'],
    [CHECKOUT, '/checkout'],
    [os.hostname(), 'machine'],
  ];
  const clean = (text: string) =>
    names.reduce((changed, [name, instead]) => changed.replaceAll(name, instead), text);
  const history: unknown = JSON.parse(json, (name, value: unknown) => {
    if (name === 'identity') return 'worker@machine';
    if (name === 'stackTrace') return '';
    if (name === 'data' && typeof value === 'string') {
      return Buffer.from(clean(Buffer.from(value, 'base64').toString())).toString('base64');
    }
    return typeof value === 'string' ? clean(value) : value;
  });
  return `${JSON.stringify(history, undefined, 1)}\n`;
}

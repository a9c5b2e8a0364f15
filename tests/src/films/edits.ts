import { beforeAll, expect, test } from 'vitest';
import { plainStack, post, scaled, untilSucceeded, type Stack } from '../harness/index.js';

/** Films that are changed after they are there. */
let stack: Stack;
/** A film of two scenes, which is edited again and again. */
let jobId: string;

beforeAll(async () => {
  stack = await plainStack();
  const scenes = [
    { narration: 'Ships come.', heading: 'Come' },
    { narration: 'Ships go.', heading: 'Go' },
  ];
  const options = { quality: 'draft', fps: 12 };
  const script = { title: 'Ships', scenes };
  const answer = await post(`${stack.url}/api/jobs`, { script, options });
  ({ jobId } = (await answer.json()) as { jobId: string });
  await untilSucceeded(stack, jobId);
}, 120_000);

interface Edit {
  run: number;
  scenes: string[];
  units: { unit: string; sceneId: string | null; output: string | null }[];
  seconds: number;
  usd: number;
}

async function edit(operations: object[], more: object = {}): Promise<[number, Edit]> {
  const answer = await post(`${stack.url}/api/jobs/${jobId}/edits`, { operations, ...more });
  return [answer.status, (await answer.json()) as Edit];
}

interface Job {
  runs: {
    run: number;
    state: string;
    edit: object[] | null;
    units: { unit: string; output: string | null; made: number; scenes: string[] }[];
  }[];
  artifacts: { kind: string; version: number; sha256: string }[];
  output: { run: number } | null;
}

async function job(): Promise<Job> {
  return (await (await fetch(`${stack.url}/api/jobs/${jobId}`)).json()) as Job;
}

/** In the words of a prediction. */
function ran({ runs }: Job): string[] {
  const units = runs.at(-1)?.units ?? [];
  return units
    .flatMap(({ unit, made, scenes }) =>
      scenes.length > 0 ? scenes.map((scene) => `${unit} ${scene}`) : made > 0 ? [unit] : [],
    )
    .toSorted();
}

const told = ({ units }: Edit) =>
  units.map(({ unit, sceneId }) => [unit, sceneId].filter(Boolean).join(' ')).toSorted();

const edits: [name: string, operations: object[], units: string[]][] = [
  [
    'the words of a scene',
    [{ op: 'scene', sceneId: 's02', narration: 'Ships go home.' }],
    ['narrateScene s02', 'encodeSegment s02', 'assembleFilm'],
  ],
  [
    'the voice of a scene, and the title',
    [
      { op: 'scene', sceneId: 's01', voiceId: 'en-US-narrator-m' },
      { op: 'title', title: 'Of ships' },
    ],
    ['narrateScene s01', 'encodeSegment s01', 'encodeSegment s02', 'assembleFilm'],
  ],
  ['music', [{ op: 'music', music: { mood: 'calm' } }], ['assembleFilm']],
];

test.each(edits.slice(0, scaled(1, edits.length)))(
  'a film is edited, and is there all the while: %s',
  async (_, operations, units) => {
    const [said, predicted] = await edit(operations, { dryRun: true });
    expect([said, told(predicted)]).toEqual([200, units.toSorted()]);
    const before = await job();
    const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'assembleFilm' });
    const [status, accepted] = await edit(operations);
    expect([status, accepted]).toEqual([202, { ...predicted, dryRun: false }]);
    await hold.reached(60_000);
    const film = await fetch(`${stack.url}/api/jobs/${jobId}/artifacts/video`);
    expect([film.status, (await film.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    hold.release();
    await untilSucceeded(stack, jobId);
    const after = await job();
    expect(ran(after)).toEqual(told(predicted));
    expect(after.output).toMatchObject({ run: predicted.run });
    expect(after.runs.at(-1)).toMatchObject({ run: predicted.run, edit: operations });
    const [old, now] = [videoOf(before), videoOf(after)];
    expect(now.version).toBe(old.version + 1);
    expect(now.sha256).not.toBe(old.sha256);
  },
  120_000,
);

function videoOf({ artifacts }: Job): Job['artifacts'][number] {
  return artifacts.find(({ kind }) => kind === 'video')!;
}

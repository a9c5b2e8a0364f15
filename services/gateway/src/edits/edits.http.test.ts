import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import type { Making, Script } from '@aura/proto';
import { LocalStore } from '@aura/storage';
import path from 'node:path';
import { append, COMPLETED, failedWith, filmOf, RUNNING } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { jobSchema } from '../jobs/job-schema.js';
import { editSchema } from './edit-schema.js';

let server: TestDatabase;
let gateway: TestGateway;
let url: string;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
  url = `${gateway.url}/api/jobs`;
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const scene = (index: number, narration: string) => ({
  id: `s0${index + 1}`,
  index,
  kind: 'statement',
  narration,
  heading: `Part ${index + 1}`,
  points: [],
  visualPrompt: '',
  keywords: [],
});
const SCRIPT: Script = {
  title: 'The sea',
  language: 'en-US',
  style: 'documentary',
  scenes: [scene(0, 'The sea is wide.'), scene(1, 'It is salty.'), scene(2, 'And deep.')],
  provider: 'rules',
  unitKey: '',
  warnings: [],
  materialExhausted: true,
};
const MAKING: Making = {
  chains: { script: ['rules'], voice: ['flite'], visuals: ['figures', 'cards'] },
  makers: SCRIPT.scenes.flatMap(({ id: sceneId }) => [
    { stage: 'voice', sceneId, provider: 'flite' },
    { stage: 'visuals', sceneId, provider: 'cards' },
  ]),
};

async function madeJob(): Promise<string> {
  const { jobId } = (await postJson(url, { brief: 'Why the sea is salty' })).json;
  const store = new LocalStore(path.join(gateway.home, 'artifacts'));
  const video = await store.putBytes('the film', 'video/mp4');
  await server.database.artifact.create({
    data: { jobId, kind: 'video', fileName: 'sea.mp4', ...video },
  });
  const film = { film: filmOf(video), script: SCRIPT, making: MAKING };
  await append(server.database, jobId, [RUNNING, COMPLETED], film);
  return jobId;
}

const view = async (id: string) => (await send(`${url}/${id}`)).json;
const edit = (id: string, operations: unknown, more: object = {}) =>
  postJson(`${url}/${id}/edits`, { operations, ...more });
const words = (narration: string, sceneId = 's02') => [{ op: 'scene', sceneId, narration }];

test('an edit is kept with its answer: its key repeats it, also where nothing could be written afterwards', async () => {
  const jobId = await madeJob();
  const { database } = server;
  await database.$executeRaw`
    CREATE FUNCTION only_with_edits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM job_runs WHERE job_id = NEW.job_id AND edit IS NOT NULL
                   AND xmin <> pg_current_xact_id()::xid) THEN RAISE 'away'; END IF;
        RETURN NEW;
      END $$`;
  await database.$executeRaw`
    CREATE TRIGGER only_with_edits BEFORE UPDATE ON stored_replies
      FOR EACH ROW EXECUTE FUNCTION only_with_edits()`;
  const ask = () =>
    postJson(
      `${url}/${jobId}/edits`,
      { operations: words('It is very salty.') },
      { 'Idempotency-Key': 'once' },
    );
  const first = await ask();
  expect(first.status).toBe(202);
  await database.$executeRaw`DROP TRIGGER only_with_edits ON stored_replies`;
  await append(database, jobId, [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)]);
  const again = await ask();
  expect([again.status, again.json]).toEqual([202, first.json]);
  expect(again.headers).toMatchObject({
    'idempotency-replayed': 'true',
    location: first.headers.location,
  });
  expect((await view(jobId)).run).toBe(2);
});

test('an edit that is only tried says what would be made, and changes nothing', async () => {
  const jobId = await madeJob();
  const before = await view(jobId);
  const { status, json } = await edit(jobId, words('It is very salty.'), { dryRun: true });
  expect([status, editSchema.parse(json)]).toEqual([200, json]);
  expect(json).toMatchObject({ run: 2, dryRun: true, scenes: ['s01', 's02', 's03'], usd: 0 });
  expect(json.units).toEqual([
    { unit: 'narrateScene', sceneId: 's02', output: null },
    { unit: 'encodeSegment', sceneId: 's02', output: null },
    { unit: 'encodeSegment', sceneId: 's03', output: null },
    { unit: 'assembleFilm', sceneId: null, output: null },
  ]);
  expect(json.seconds).toBeGreaterThan(0);
  expect(await view(jobId)).toEqual(before);
});

test('an edit that fails leaves the film that there is, which can be edited again', async () => {
  const jobId = await madeJob();
  const answers = await Promise.all(
    ['One.', 'Two.', 'Three.'].map((text) => edit(jobId, words(text))),
  );
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  for (const { status, json } of answers.filter((answer) => answer.status !== 202)) {
    expect([status, json.code]).toEqual([409, expect.stringMatching(/JobNot(Finished|Editable)/)]);
  }
  expect(answers.find(({ status }) => status === 202)?.json).toMatchObject({ run: 2 });
  const film = async () => (await send(`${url}/${jobId}/artifacts/video`)).text;
  const queued = await view(jobId);
  expect(jobSchema.parse(queued)).toEqual(queued);
  expect(queued).toMatchObject({ run: 2, state: 'queued', percent: 0, output: { run: 1 } });
  expect(await film()).toBe('the film');

  const changed = { ...SCRIPT, title: 'Another' };
  await append(server.database, jobId, [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)], {
    script: changed,
  });
  const failed = await view(jobId);
  expect(failed).toMatchObject({ state: 'failed', output: { run: 1 } });
  expect(failed.runs).toMatchObject([
    { run: 1, state: 'succeeded', edit: null },
    { run: 2, state: 'failed', edit: [{ op: 'scene', sceneId: 's02' }] },
  ]);
  expect(await film()).toBe('the film');
  const again = await edit(jobId, [{ op: 'move', sceneId: 's03', before: 's01' }]);
  expect(again.json).toMatchObject({ run: 3, scenes: ['s03', 's01', 's02'] });
  const { order, expected } = await server.database.job.findUniqueOrThrow({ where: { id: jobId } });
  expect(expected).toMatchObject({ totalMs: again.json.seconds * 1_000 });
  const { edited } = order as unknown as { edited: { script: Script } };
  expect(edited.script).toMatchObject({ title: 'The sea' });
  const said = edited.script.scenes.map(({ narration }) => narration);
  expect(said).toEqual(['And deep.', 'The sea is wide.', 'It is salty.']);
});

test('what cannot be edited says why, with the name of its field', async () => {
  const jobId = await madeJob();
  const wrong: [unknown, string][] = [
    [[], 'InvalidInput:operations'],
    [[{ op: 'paint' }], 'InvalidInput:operations[0].op'],
    [words('…'), 'InvalidInput:operations[0].narration'],
    [words('Yes.', 's09'), 'InvalidInput:operations[0].sceneId'],
    [[{ op: 'move', sceneId: 's01', before: 's07' }], 'InvalidInput:operations[0].before'],
    [[{ op: 'scene', sceneId: 's01', kind: 'list' }], 'InvalidInput:operations[0].points'],
    [[{ op: 'music', music: { mood: 'loud' } }], 'InvalidInput:operations[0].music.mood'],
    [
      ['s01', 's02', 's03'].map((sceneId) => ({ op: 'remove', sceneId })),
      'InvalidInput:operations',
    ],
    [words('It is salty.'), 'InvalidInput:operations'],
    [[{ op: 'upgrade' }], 'InvalidInput:operations'],
    [
      [
        {
          op: 'insert',
          scene: { narration: 'New.', assetId: '01890000-0000-7000-8000-000000000000' },
        },
      ],
      'InvalidInput:operations[0].scene.assetId',
    ],
  ];
  for (const [operations, code] of wrong) {
    const { status, json } = await edit(jobId, operations);
    expect([status, json.code]).toEqual([400, code]);
  }
  const fresh = (await postJson(url, { brief: 'Why the sea is salty' })).json.jobId as string;
  expect((await edit(fresh, words('Yes.'))).json.code).toBe('JobNotFinished');
  await append(server.database, fresh, [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)]);
  expect((await edit(fresh, words('Yes.'))).json.code).toBe('JobNotEditable');
  const nobody = '01890000-0000-7000-8000-000000000000';
  expect((await edit(nobody, words('Yes.'))).json.code).toBe('JobNotFound');
});

test('a job that is made from an edited one tells what was edited, unless it is to tell something else', async () => {
  const jobId = await madeJob();
  await edit(jobId, [...words('It is very salty.'), { op: 'music', music: { mood: 'calm' } }]);
  const specsOf = async (body: object) =>
    (await view((await postJson(url, { fromJob: jobId, ...body })).json.jobId)).specs;
  const tall = await specsOf({ options: { aspect: '9:16' } });
  expect(tall.edited.script.scenes[1].narration).toBe('It is very salty.');
  expect([tall.render.aspect, tall.style.sound.music.mood]).toEqual(['9:16', 'calm']);
  expect((await specsOf({ brief: 'Why the sky is blue' })).edited).toBeUndefined();
  expect((await specsOf({ options: { language: 'de-DE' } })).edited).toBeUndefined();
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import type { MakeVideoInput } from '@aura/proto';
import { LocalStore } from '@aura/storage';
import path from 'node:path';
import { append, failedWith, newJob, RUNNING } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { acceptedJobSchema, jobSchema, jobsSchema } from './job-schema.js';
let server: TestDatabase;
let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
  url = `${gateway.url}/api/jobs`;
});
beforeEach(() => server.database.job.deleteMany());
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const create = (body: unknown, headers = {}) => postJson(url, body, headers);
const view = async (id: string) => (await send(`${url}/${id}`)).json;
const list = async (query = '') => (await send(`${url}${query}`)).json;
const idsOf = ({ jobs }: { jobs: { jobId: string }[] }) => jobs.map(({ jobId }) => jobId);

test('a job is made from a brief, an object that holds one, a preset alone, a script or a timeline', async () => {
  const made = await create({ brief: 'Why the sea is salty', tags: ['sea', 'salt', 'sea'] });
  expect(made.status).toBe(202);
  expect(acceptedJobSchema.parse(made.json)).toEqual(made.json);
  expect(made.headers.location).toBe(`/api/jobs/${made.json.jobId}`);
  const job = await view(made.json.jobId);
  expect(jobSchema.parse(job)).toEqual(job);
  expect(job).toMatchObject({ state: 'queued', run: 1, tags: ['sea', 'salt'], percent: 0 });
  expect(job.steps).toHaveLength(6);
  expect(job.runs).toMatchObject([{ run: 1, state: 'queued', endedAt: null }]);

  const brief = { text: 'Warum das Meer salzig ist', audience: 'children', language: 'de-DE' };
  const told = await view((await create({ brief })).json.jobId);
  expect(told.specs.brief).toMatchObject(brief);

  const { json } = await create({ preset: 'default', options: { quality: 'balanced' } });
  expect((await view(json.jobId)).brief).toContain('Hello!');
  const script = { scenes: [{ narration: 'The sea is salty.' }] };
  expect((await create({ script })).status).toBe(202);
  const timeline = { title: 'Salt', visuals: [{ frames: 180, colour: '#102030' }] };
  expect((await create({ timeline })).status).toBe(202);
});

test('the sample is made of words and pictures that come with Aura, offline, and so are films from it', async () => {
  const store = new LocalStore(path.join(gateway.home, 'artifacts'));
  const first = await create({ preset: 'sample-hello-youtube' });
  const fork = await create({ fromJob: first.json.jobId, options: { aspect: '9:16' } });
  for (const { status, json } of [first, fork]) {
    expect(status).toBe(202);
    const { order } = await server.database.job.findUniqueOrThrow({ where: { id: json.jobId } });
    const { choice, script, render } = order as unknown as MakeVideoInput;
    expect([choice?.offline, render.quality]).toEqual([true, 'draft']);
    const pictures = script?.scenes.map(({ media }) => media) ?? [];
    expect(new Set(pictures.map((media) => media?.sha256)).size).toBe(3);
    for (const media of pictures) {
      expect(media?.mediaType).toBe('image/webp');
      expect(await store.has(media!)).toBe(true);
    }
  }
  const other = await create({ preset: 'sample-hello-youtube', brief: 'Bees' });
  expect((await view(other.json.jobId)).brief).toBe('Bees');
});

test('what is wrong is refused with the name of its field', async () => {
  const wrong: [unknown, string][] = [
    [{}, 'InvalidInput:brief'],
    [{ brief: 'x', tags: ['a,b'] }, 'InvalidInput:tags[0]'],
    [{ brief: 'x', tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }, 'InvalidInput:tags'],
    [{ brief: 'x', nothing: 1 }, 'InvalidInput:nothing'],
    [{ brief: { style: 'news' } }, 'InvalidInput:brief'],
    [{ brief: 'x', options: { aspect: '5:1' } }, 'InvalidInput:options.aspect'],
    [{ fromJob: 'abc' }, 'InvalidInput:fromJob'],
  ];
  for (const [body, code] of wrong) {
    const answer = await create(body);
    expect([answer.status, answer.json.code]).toEqual([400, code]);
  }
  const nobody = { fromJob: '01890000-0000-7000-8000-000000000000' };
  expect((await create(nobody)).json.code).toBe('JobNotFound');
  for (const query of ['limit=0', 'state=done', 'cursor=abc', 'createdAfter=today', 'page=2']) {
    const answer = await send(`${url}?${query}`);
    const field = query.split('=')[0];
    expect(answer.status).toBe(400);
    expect(answer.json.code).toContain(`InvalidInput:${field}`);
  }
});

test('fifty equal requests at once with one key are one job, and another body with it is refused', async () => {
  const key = { 'Idempotency-Key': 'once' };
  const { json: first } = await create({ brief: 'Bees' });
  for (const body of [{ brief: 'Why the sea is salty' }, { fromJob: first.jobId }]) {
    const headers = { 'Idempotency-Key': JSON.stringify(body).slice(0, 10) };
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(body, headers)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ json }) => json.jobId)).size).toBe(1);
    const replayed = answers.filter((answer) => answer.headers['idempotency-replayed'] === 'true');
    expect(replayed).toHaveLength(49);
  }
  expect(await server.database.job.count()).toBe(3);
  await create({ brief: 'Why the sea is salty' }, key);
  const other = await create({ brief: 'Why the sky is blue' }, key);
  expect([other.status, other.json.code]).toEqual([422, 'IdempotencyKeyReused']);
});

test('a job from another has its inputs, and what is given is merged into them', async () => {
  const options = { aspect: '9:16', quality: 'draft', delivery: { speed: 1.2, pauses: 2 } };
  const first = await create({ brief: 'Why the sea is salty', style: 'news', options });
  const id = first.json.jobId;
  const orderOf = async (jobId: string) =>
    (await server.database.job.findUniqueOrThrow({ where: { id: jobId } })).order;
  const same = await create({ fromJob: id, tags: ['again'] });
  expect(await orderOf(same.json.jobId)).toEqual(await orderOf(id));
  expect((await view(same.json.jobId)).tags).toEqual(['again']);
  const wide = await create({
    fromJob: same.json.jobId,
    style: null,
    options: { aspect: '16:9', delivery: { pauses: null } },
  });
  const { specs, tags } = await view(wide.json.jobId);
  expect(specs.voice.delivery).toMatchObject({ speed: 1.2, pauses: 0 });
  expect(specs.brief).toMatchObject({ text: 'Why the sea is salty', style: '' });
  expect(specs.render).toMatchObject({ aspect: '16:9', quality: 'draft' });
  expect(tags).toEqual(['again']);
  const spoken = { scenes: [{ narration: 'Salt.' }] };
  const other = await create({ fromJob: id, brief: null, script: spoken });
  expect(other.status).toBe(202);

  const old = await newJob(server.database, 'Before requests were kept');
  expect((await create({ fromJob: old })).status).toBe(202);
  const refused = await create({ fromJob: old, style: 'news' });
  expect(refused.json.code).toBe('InvalidInput:fromJob');
});

test('the list goes page by page in both orders, filtered, and finds nothing of another tenant', async () => {
  const ids: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    const tags = [n % 2 ? 'odd' : 'even', 'all'];
    ids.push((await create({ brief: `Film number${n} of bees`, tags })).json.jobId);
  }
  await append(server.database, ids[0]!, [RUNNING, failedWith({ code: 'VoiceFailed' }, 10)]);
  await append(server.database, ids[1]!, [RUNNING]);
  const all = await list();
  expect(jobsSchema.parse(all)).toEqual(all);
  expect([idsOf(all), all.next]).toEqual([ids.toReversed(), null]);
  for (const sort of ['newest', 'oldest']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await list(`?limit=2&sort=${sort}${cursor}`);
      seen.push(...idsOf(page));
      // One that comes in between changes nothing of what is still to be seen.
      if (cursor === '' && sort === 'newest') await newJob(server.database, 'In between');
      cursor = page.next ? `&cursor=${page.next}` : '';
    } while (cursor);
    const inOrder = sort === 'newest' ? ids.toReversed() : ids;
    expect(seen.slice(0, 5)).toEqual(inOrder);
  }
  expect(idsOf(await list('?state=failed,running'))).toEqual([ids[1], ids[0]]);
  expect(idsOf(await list('?state=failed&state=running&sort=oldest'))).toEqual([ids[0], ids[1]]);
  expect(idsOf(await list('?tag=odd'))).toEqual([ids[4], ids[2], ids[0]]);
  expect(idsOf(await list('?tag=odd,all&state=failed'))).toEqual([ids[0]]);
  expect(idsOf(await list('?tag=odd,even'))).toEqual([]);
  const { createdAt } = all.jobs[2];
  expect(idsOf(await list(`?createdBefore=${createdAt}`))).toEqual([ids[1], ids[0]]);
  expect(idsOf(await list(`?createdAfter=${createdAt}&tag=all`))).toEqual(
    ids.slice(2).toReversed(),
  );
  expect((await list(`?sort=oldest&cursor=${(await list('?limit=1')).next}`)).code).toBe(
    'InvalidInput:cursor',
  );
  const other = await startTestGateway(server.url, { tenantId: 'other', home: gateway.home });
  expect((await send(`${other.url}/api/jobs`)).json).toEqual({ jobs: [], next: null });
  expect((await send(`${other.url}/api/jobs/${ids[0]}`)).status).toBe(404);
  await other.close({ keepHome: true });
});

test('jobs are found by words of their brief and their title, also where writing has no spaces', async () => {
  const honey = (await create({ brief: 'How bees make honey: it’s sweet!' })).json.jobId;
  const sushi = (await create({ brief: '寿司の作り方を説明する動画' })).json.jobId;
  await create({ brief: 'Why the sea is salty' });
  const find = async (q: string) => idsOf(await list(`?q=${encodeURIComponent(q)}`));
  for (const q of ['bees', 'HONEY', 'make bees', 'bees hon', 'hone']) {
    expect(await find(q)).toEqual([honey]);
  }
  expect(await find('bees salt')).toEqual([]);
  expect(await find('寿司')).toEqual([sushi]);
  for (const odd of ["'", '& | !', '\\', "a' | 'b", ':*', '<->']) {
    expect(await find(odd)).toEqual([]);
  }
  const script = { title: 'Golden Nectar', scenes: [] } as never;
  await append(server.database, honey, [RUNNING], { script });
  expect(await find('nectar')).toEqual([honey]);
  expect((await list('?q=nectar')).jobs[0].title).toBe('Golden Nectar');
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command } from '../setup/command-line.mjs';
import { OUR_ORDERS } from './api.js';
import { makeFilms } from './make-films.js';
import { createTerminal } from './terminal.js';

const TOOLS = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' };
const NEW = '00000000-0000-7000-8000-00000000000a';
const OLD = '00000000-0000-7000-8000-00000000000b';
const OLDER = '00000000-0000-7000-8000-00000000000c';

const folder = mkdtempSync(path.join(os.tmpdir(), 'aura-make-films-'));
const film = path.join(folder, 'film.mp4');
let home: string;
let gateway: Server;
/** What the gateway says of each job: `running` for ever, `completed`, or `failed`. */
let states: Record<string, string>;
let gone: Set<string>;
let orders: string[];
let credits: { author: string; source: string; pageUrl: string }[];
let said: string;

beforeAll(async () => {
  const picture = 'color=size=64x64:rate=10:duration=1';
  execFileSync(TOOLS.ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', picture, film]);
  gateway = createServer((request, response) => {
    const [, jobId = '', what = ''] = /videos\/([\w-]+)\/?(\w*)/.exec(request.url!) ?? [];
    if (jobId === 'generate') orders.push(String(request.headers['x-correlation-id']));
    if (gone.has(jobId) && what === 'download') {
      response.writeHead(410).end('{}');
    } else if (what === 'stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const event = states[jobId] === 'running' ? 'progress' : 'done';
      response.write(`id: 1\nevent: ${event}\ndata: {}\n\n`);
    } else response.end(answerTo(jobId, what));
  });
  await new Promise<void>((resolve) => {
    gateway.listen(0, '127.0.0.1', resolve);
  });
});

beforeEach(() => {
  home = mkdtempSync(path.join(folder, 'home-'));
  states = { [NEW]: 'completed', [OLD]: 'completed', [OLDER]: 'completed' };
  gone = new Set();
  orders = [];
  credits = [];
  said = '';
});

afterEach(() => gateway.closeAllConnections());

afterAll(() => {
  gateway.close();
  rmSync(folder, { recursive: true });
});

test('films that were finished while nobody watched are put into films/, each named in one line', async () => {
  await make({ brief: 'A', made: [OLDER, OLD] });
  expect(readdirSync(path.join(home, 'films'))).toHaveLength(3);
  const lines = said.split('\n').filter((line) => line.startsWith('A film of an earlier start'));
  expect(lines).toEqual([OLDER, OLD].map((id) => expect.stringContaining(`${id.slice(-8)}.mp4`)));

  said = '';
  await make({ brief: 'B', made: [OLDER, OLD, NEW] });
  expect(said).not.toContain('A film of an earlier start');
});

test('how long the film is to be is said, as the gateway has understood it', async () => {
  await make({ brief: 'Create a 30 second video about bees', made: [] });
  expect(said).toContain('A film of about 30 s is ordered.');
});

test('a film whose file was cleaned up does not hold up the others', async () => {
  gone.add(OLDER);
  expect(await make({ brief: 'A', made: [OLDER, OLD] })).toBe(true);
  expect(
    readdirSync(path.join(home, 'films')).filter((name) => name.endsWith('.mp4')),
  ).toHaveLength(2);
});

test('what this command line orders is known as its own later', async () => {
  await make({ brief: 'A' });
  expect(orders).toEqual([expect.stringMatching(`^${OUR_ORDERS}[\\w-]+$`)]);
});

test('with --once and a brief, an earlier film that is still in work is named last, and is no failure', async () => {
  states[OLD] = 'running';
  expect(await make({ brief: 'A', inWork: [OLD] })).toBe(true);
  expect(said.trim().split('\n').at(-1)).toMatch(
    new RegExp(`^Not finished: film ${OLD} .*npm start`),
  );
});

test('with --once and no brief, all earlier films are waited for, and all have to succeed', async () => {
  expect(await make({ inWork: [OLD, OLDER] })).toBe(true);
  expect(said).toContain(`Film ${OLDER} of an earlier start is ready`);
  expect(orders).toEqual([]);

  states[OLDER] = 'failed';
  expect(await make({ inWork: [OLD, OLDER] })).toBe(false);
  expect(said).toContain(`Film ${OLDER} of an earlier start was not made, it failed`);
});

test('under the path of a film stands whose pictures it shows, each once', async () => {
  await make({ brief: 'A' });
  expect(said).not.toContain('pictures by others');

  const page = 'https://www.pexels.com/photo/1/';
  credits = [page, page, ''].map((pageUrl) => {
    return {
      author: pageUrl ? 'Ana Lima' : 'Pixabay',
      source: pageUrl ? 'Pexels' : 'Pixabay',
      pageUrl,
    };
  });
  said = '';
  await make({ brief: 'A' });
  const lines = said.trimEnd().split('\n').slice(-4);
  expect(lines[0]).toMatch(/films\/film-0000000a\.mp4$/);
  expect(lines.slice(1)).toEqual([
    '  It shows pictures by others; name them where you publish it:',
    `    Ana Lima / Pexels, ${page}`,
    '    Pixabay',
  ]);
});

interface Asked {
  brief?: string;
  inWork?: string[];
  made?: string[];
}

async function make({ brief, inWork = [], made = [] }: Asked): Promise<boolean> {
  const { port } = gateway.address() as { port: number };
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      said += String(chunk);
      done();
    },
  });
  const command: Command = { once: true, help: false, brief, request: {} };
  return makeFilms({
    command,
    api: { url: `http://127.0.0.1:${port}` },
    tools: TOOLS,
    jobs: { inWork: async () => inWork, made: async () => made },
    home,
    terminal: createTerminal(stream as unknown as NodeJS.WriteStream),
    signal: new AbortController().signal,
  });
}

function answerTo(jobId: string, what: string): string | Buffer {
  if (what === 'download') return readFileSync(film);
  if (jobId === 'generate') return JSON.stringify({ jobId: NEW, targetSeconds: 30 });
  const common = { jobId, title: 'Film', fileSizeBytes: readFileSync(film).length };
  return JSON.stringify({
    ...common,
    status: states[jobId],
    progressPercentage: 50,
    currentStage: 'Voice',
    message: '',
    scenesDone: 0,
    scenesTotal: 0,
    etaSeconds: null,
    processingSteps: [],
    error: null,
    warnings: [],
    credits,
  });
}

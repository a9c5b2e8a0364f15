import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Equal units of work in processes of their own, which are stopped, continued and killed. */
let root: string;
let workers: ChildProcess[];
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-zombies-'));
  workers = [];
});
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

/** A claim runs that long: as long as a silent worker counts as alive. */
const TTL_MS = 1_000;

/** Every step of its work is "paid": written to a ledger outside of the process. */
const WORKER = `
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { LocalStore } from '@aura/storage';
import { unitOfWork } from '@aura/work';
const [root, name, stepsMs] = process.argv.slice(1);
const pay = (what) => appendFileSync(root + '/ledger', name + ' ' + what + '\\n');
const unit = {
  job: { videoId: name, run: 1, tenantId: 'local', correlationId: name },
  unit: 'narrateScene', provider: 'flite', recipe: 1, inputs: { text: 'Hi.' },
};
const limits = { heartbeatTimeoutMs: ${TTL_MS}, startToCloseTimeoutMs: 60_000 };
const result = await new MockActivityEnvironment(limits).run(() =>
  unitOfWork(new LocalStore(root + '/store'), unit, async ({ key, signal }) => {
    for (let step = 1; step <= 3; step += 1) {
      signal.throwIfAborted();
      pay(step);
      await delay(Number(stepsMs), undefined, { signal });
    }
    return { unitKey: key, by: name };
  }),
);
pay('got ' + result.by);
`;

function start(name: string, stepsMs: number): ChildProcess {
  const args = ['--input-type=module', '--eval', WORKER, root, name, String(stepsMs)];
  const { NODE_OPTIONS: _, ...env } = process.env;
  const worker = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  return worker;
}

const ledger = async () =>
  (await readFile(path.join(root, 'ledger'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

async function untilPaid(line: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await ledger()).includes(line)) return;
    await delay(50);
  }
  throw new Error(`"${line}" was not paid; the ledger has: ${(await ledger()).join(', ')}`);
}

const ended = (worker: ChildProcess) =>
  worker.exitCode === null ? once(worker, 'exit') : Promise.resolve();

test.each([
  ['the first', 'a', 'b'],
  ['the second', 'b', 'a'],
])(
  'two processes with equal work pay for it once, when %s of them is first',
  async (_, one, other) => {
    const first = start(one, 150);
    await untilPaid(`${one} 1`);
    const second = start(other, 150);
    await Promise.all([ended(first), ended(second)]);
    expect((await ledger()).toSorted()).toEqual(
      [`${one} 1`, `${one} 2`, `${one} 3`, `${one} got ${one}`, `${other} got ${one}`].toSorted(),
    );
    expect(await readdir(path.join(root, 'store', 'claims'))).toEqual([]);
  },
);

test('a killed process is followed as soon as its claim has run out', async () => {
  const first = start('a', 60_000);
  await untilPaid('a 1');
  first.kill('SIGKILL');
  const killedAt = Date.now();
  const second = start('b', 10);
  await ended(second);
  expect(await ledger()).toEqual(['a 1', 'b 1', 'b 2', 'b 3', 'b got b']);
  expect(Date.now() - killedAt).toBeLessThan(TTL_MS + 10_000);
});

test('a process that was stopped and comes back pays nothing more and publishes nothing', async () => {
  const zombie = start('a', 800);
  await untilPaid('a 1');
  zombie.kill('SIGSTOP');
  const second = start('b', 800);
  await untilPaid('b 1');
  zombie.kill('SIGCONT');
  await Promise.all([ended(zombie), ended(second)]);
  expect((await ledger()).toSorted()).toEqual(
    ['a 1', 'b 1', 'b 2', 'b 3', 'a got b', 'b got b'].toSorted(),
  );
});

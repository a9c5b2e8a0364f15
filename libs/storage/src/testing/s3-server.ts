import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

type Environment = Record<string, string | undefined>;

export interface S3Server {
  endpoint: string;
  bucket: string;
  /** Where the server keeps the objects of the bucket, as files under their keys. */
  folder: string;
  stop(): Promise<void>;
}

const RELEASE = new URL('../../../../deploy/local/s3-server/release.json', import.meta.url);
const STARTS_WITHIN_MS = 10_000;

/** The S3 server that `npm test` builds once per machine, see deploy/local/s3-server; undefined where it is not there. */
export function s3Program(environment: Environment): string | undefined {
  const cache = environment['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  const places = (environment['PATH'] ?? '').split(path.delimiter);
  const { version } = JSON.parse(readFileSync(RELEASE, 'utf8')) as { version: string };
  const own = path.join(cache, 'aura', 'versitygw', version);
  return [own, ...places]
    .map((place) => path.join(place, 'versitygw'))
    .find((one) => existsSync(one));
}

/** Runs a real S3 server (versitygw) over a folder of its own, on loopback. Its key is set in the environment. */
export async function startS3Server(program: string, environment: Environment): Promise<S3Server> {
  const root = await mkdtemp(path.join(tmpdir(), 'aura-s3-'));
  const folder = path.join(root, 'films');
  await mkdir(folder);
  const port = await freePort();
  environment['AWS_ACCESS_KEY_ID'] = 'aura-tests';
  environment['AWS_SECRET_ACCESS_KEY'] = 'only-on-loopback';
  const access = ['--access', 'aura-tests', '--secret', 'only-on-loopback'];
  const server = spawn(
    program,
    ['--port', `127.0.0.1:${port}`, ...access, '--quiet', 'posix', root],
    { stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint);
  return {
    endpoint,
    bucket: 'films',
    folder,
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function answering(endpoint: string): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer) return;
    if (Date.now() > giveUpAt) throw new Error('the S3 server does not answer');
    await delay(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

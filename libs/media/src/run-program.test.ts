import { expect, test } from 'vitest';
import { transformFile } from '@swc/core';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProgramError, runProgram } from './run-program.js';

test('gives what a program prints, and its error output apart', async () => {
  const output = await runProgram('sh', ['-c', 'cat; echo careful >&2'], { stdin: 'hello' });
  expect(output).toEqual({ stdout: 'hello', stderr: 'careful\n' });
});

test('arguments reach the program as they are, whatever a shell would make of them', async () => {
  const odd = ['$(id)', '; rm -rf x', 'a \'b\' "c"', '-n'];
  const { stdout } = await runProgram('printf', ['%s\n', ...odd]);
  expect(stdout).toBe(`${odd.join('\n')}\n`);
});

test('an exit code is an error that carries the end of the error output', async () => {
  const failing = runProgram('sh', ['-c', 'echo why >&2; exit 3']);
  await expect(failing).rejects.toThrow(ProgramError);
  await expect(failing).rejects.toMatchObject({ exitCode: 3, stderr: 'why\n' });
});

test('a program that is not there is ENOENT', async () => {
  await expect(runProgram('/nonexistent/ffmpeg', [])).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a program that is not there is ENOENT also where only its memory can be limited', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-run-'));
  try {
    await symlink(await whereIs('prlimit'), path.join(folder, 'prlimit'));
    const run = `runProgram('/nonexistent/ffmpeg', []).catch(({ code }) => console.log(code))`;
    const { stdout } = await runProgram('env', [
      `PATH=${folder}`,
      process.execPath,
      await scriptThat(run, folder),
    ]);
    expect(stdout).toBe('ENOENT\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a program gets what it needs of our environment, and neither keys nor the database', async () => {
  const secrets = {
    OPENAI_API_KEY: 'sk-canary',
    DATABASE_URL: 'postgres://canary@localhost/aura',
    ANYTHING_NEW: 'canary',
    NODE_OPTIONS: '--title=canary',
  };
  const needed = {
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    FONTCONFIG_FILE: '/fonts.conf',
    XDG_CACHE_HOME: '/c',
  };
  const before = { ...process.env };
  Object.assign(process.env, secrets, needed);
  try {
    const { stdout } = await runProgram('env', []);
    expect(stdout).not.toMatch(/canary/i);
    for (const [name, value] of Object.entries(needed))
      expect(stdout).toContain(`${name}=${value}`);
    expect(stdout).toContain(`PATH=${before['PATH']}`);
    expect(stdout).toContain(`HOME=${before['HOME']}`);
    expect(stdout).toContain('GLIBC_TUNABLES=glibc.malloc.hugetlb=1');
  } finally {
    for (const name of Object.keys({ ...secrets, ...needed })) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
});

test('a flood of error output is kept to its end', async () => {
  const { stderr } = await runProgram('sh', ['-c', 'yes x | head -c 5000000 >&2; echo end >&2']);
  expect(stderr).toHaveLength(4 * 1024);
  expect(stderr.endsWith('end\n')).toBe(true);
});

test('no program may take more than 6 GiB', async () => {
  const { stdout } = await runProgram('sh', ['-c', 'ulimit -v']);
  expect(stdout.trim()).toBe(String(6 * 1024 ** 2));
});

test('an abort ends the whole group and throws the reason once it is gone', async () => {
  const stop = new AbortController();
  const pids: number[] = [];
  const running = runProgram('sh', ['-c', 'sleep 60 & echo $!; echo $$; wait'], {
    signal: stop.signal,
    onLine: (line) => {
      pids.push(Number(line));
      if (pids.length === 2) stop.abort(new Error('enough'));
    },
  });
  await expect(running).rejects.toThrow('enough');
  await expectGone(pids);
});

test('a program that ignores SIGTERM is killed after the grace time', async () => {
  const stop = new AbortController();
  const running = runProgram('sh', ['-c', "trap '' TERM; echo up; while :; do sleep 0.05; done"], {
    signal: stop.signal,
    graceMs: 100,
    onLine: () => stop.abort(new Error('enough')),
  });
  await expect(running).rejects.toThrow('enough');
});

test('what a program leaves behind ends with it and does not keep us waiting', async () => {
  const started = Date.now();
  const { stdout } = await runProgram('sh', ['-c', 'sleep 30 & echo $!']);
  expect(Date.now() - started).toBeLessThan(5_000);
  await expectGone([Number(stdout)]);
});

test('a program dies with the process that started it, also on SIGKILL', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-run-'));
  try {
    const parent = spawn('node', [await scriptThat(RUN_FOR_LONG, folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expectGone([Number(line)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Runs a program for long and prints its pid. */
const RUN_FOR_LONG = `runProgram('sh', ['-c', 'echo $$; exec sleep 60'], { onLine: console.log })`;

/** A script for a process of its own, with `runProgram` from our source. */
async function scriptThat(run: string, folder: string): Promise<string> {
  const sources = ['run-program', 'guarded-command', 'child-environment'];
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const name of sources) {
    const { code } = await transformFile(path.join(import.meta.dirname, `${name}.ts`), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    await writeFile(path.join(folder, `${name}.js`), code);
  }
  const script = path.join(folder, 'parent.js');
  await writeFile(script, `import { runProgram } from './run-program.js';\nawait ${run};\n`);
  return script;
}

async function whereIs(program: string): Promise<string> {
  const { stdout } = await runProgram('sh', ['-c', `command -v ${program}`]);
  return stdout.trim();
}

async function expectGone(pids: number[]): Promise<void> {
  expect(pids.length).toBeGreaterThan(0);
  for (let tries = 0; tries < 100; tries += 1) {
    const alive = await Promise.all(pids.map(isRunning));
    if (!alive.includes(true)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`still running: ${pids.join(', ')}`);
}

/** A zombie that nobody has reaped yet runs no more. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/^\d+ \(.*\) Z/.test(stat);
}

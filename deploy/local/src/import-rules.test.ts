import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHECKOUT } from '../setup/paths.mjs';

/** The projects of the checkout without their code, under its real rules: only the forbidden imports are in it. */
let tree: string;
let refused: string;
let objections: { filename: string; code: string }[];

const FORBIDDEN = {
  'workflows/src/uses-an-activity.ts': `import { createScriptActivities } from '@aura/script';`,
  'workflows/src/names-a-type.ts': `import type { ScriptDeps } from '@aura/script';`,
  'workflows/src/reaches-over.ts': `import { write } from '../../activities/script/src/index.js';`,
  'workflows/src/loads-late.ts': `export const late = import('@aura/script');`,
  'workflows/src/uses-a-lib.ts': `import { Failure } from '@aura/failure';`,
  'workflows/src/uses-node.ts': `import { readFileSync } from 'node:fs';`,
  'workflows/src/uses-old-node.ts': `import { readFileSync } from 'fs';`,
  'workflows/src/uses-the-client.ts': `import { Client } from '@temporalio/client';`,
  'activities/script/src/uses-the-database.ts': `import { createDatabase } from '@aura/database';`,
  'activities/script/src/uses-another.ts': `import { narrate } from '@aura/voice';`,
  'activities/voice/src/uses-a-workflow.ts': `import { makeVideo } from '@aura/workflows';`,
  'activities/record/src/uses-another.ts': `import { narrate } from '@aura/voice';`,
  'libs/media/src/uses-the-database.ts': `import { createDatabase } from '@aura/database';`,
  'proto/src/uses-a-lib.ts': `import { Failure } from '@aura/failure';`,
  'prisma/src/uses-an-activity.ts': `import { narrate } from '@aura/voice';`,
  'services/gateway/src/uses-an-activity.ts': `import { narrate } from '@aura/voice';`,
  'services/gateway/src/uses-the-stack.ts': `import { startPostgres } from '@aura/local';`,
  'workflows/src/uses-the-stack.ts': `import { startPostgres } from '@aura/local';`,
};

const ALLOWED = {
  'workflows/src/fine.ts': `import { sleep } from '@temporalio/workflow';\nimport { QUEUES } from '@aura/proto';`,
  'workflows/src/fine.test.ts': `import { test } from 'vitest';\nimport { Worker } from '@temporalio/worker';`,
  'services/gateway/src/fine.test.ts': `import { startPostgres } from '@aura/local';`,
  'activities/record/src/testing/fine.ts': `import { startPostgres } from '@aura/local';`,
  'activities/record/src/fine.ts': `import { createDatabase } from '@aura/database';`,
  'activities/script/src/fine.ts': `import { Failure } from '@aura/failure';\nimport { readFileSync } from 'node:fs';`,
};

beforeAll(async () => {
  tree = await mkdtemp(path.join(os.tmpdir(), 'aura-canary-'));
  await copyProjects(tree);
  for (const [name, text] of Object.entries({ ...FORBIDDEN, ...ALLOWED })) {
    await mkdir(path.dirname(path.join(tree, name)), { recursive: true });
    await writeFile(path.join(tree, name), `${text}\n`);
  }
  await run('nx', ['graph', `--file=${tree}/graph.json`]);
  refused = await run('oxlint', ['--format', 'json']);
  objections = (JSON.parse(refused.slice(refused.indexOf('{'))) as { diagnostics: [] }).diagnostics;
}, 120_000);

afterAll(() => rm(tree, { recursive: true, force: true }));

test.each(Object.entries(FORBIDDEN))('%s is refused: %s', (name) => {
  expect(rulesBrokenBy(name)).not.toEqual([]);
});

test.each(Object.keys(ALLOWED))('%s is let through', (name) => {
  expect(rulesBrokenBy(name)).toEqual([]);
});

test('the rule is not skipped for want of the project graph', () => {
  expect(refused).not.toContain('No cached ProjectGraph');
});

function rulesBrokenBy(name: string): string[] {
  const rules = /enforce-module-boundaries|no-restricted-imports/;
  return objections
    .filter(({ filename, code }) => filename === name && rules.test(code))
    .map(({ code }) => code);
}

async function run(tool: string, args: string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false', NX_NO_CLOUD: 'true' };
  const options = { cwd: tree, env, maxBuffer: 16 * 1024 * 1024 };
  const program = path.join(CHECKOUT, 'node_modules/.bin', tool);
  return promisify(execFile)(program, args, options).then(
    ({ stdout, stderr }) => stderr + stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stderr + stdout,
  );
}

/** The workspace packages have to lie inside the tree, or the rule takes them for somebody else's. */
async function copyProjects(to: string): Promise<void> {
  const root = ['package.json', 'package-lock.json', 'nx.json', '.oxlintrc.json'];
  for (const name of [...root, 'tsconfig.json', 'tsconfig.base.json']) {
    await cp(path.join(CHECKOUT, name), path.join(to, name));
  }
  const modules = path.join(to, 'node_modules');
  await mkdir(path.join(modules, '@aura'), { recursive: true });
  for (const name of await readdir(path.join(CHECKOUT, 'node_modules'))) {
    if (name !== '@aura')
      await symlink(path.join(CHECKOUT, 'node_modules', name), path.join(modules, name));
  }
  for (const [name, folder] of await workspacePackages()) {
    await mkdir(path.join(to, folder, 'src'), { recursive: true });
    await cp(path.join(CHECKOUT, folder, 'package.json'), path.join(to, folder, 'package.json'));
    await writeFile(path.join(to, folder, 'src/index.ts'), 'export const it = 1;\n');
    await symlink(path.join(to, folder), path.join(modules, name));
  }
}

async function workspacePackages(): Promise<[string, string][]> {
  const text = await readFile(path.join(CHECKOUT, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as {
    packages: Record<string, { link?: boolean; resolved?: string }>;
  };
  return Object.entries(packages)
    .filter(([, entry]) => entry.link)
    .map(([name, entry]) => [name.replace('node_modules/', ''), entry.resolved!]);
}

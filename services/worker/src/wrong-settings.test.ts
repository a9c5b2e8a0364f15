import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, '../dist/main.js');

test.each([
  ['AURA_STAGES', { AURA_STAGES: 'voice,film' }],
  ['DATABASE_URL', { AURA_STAGES: 'record' }],
  ['DATABASE_URL', { AURA_STAGES: 'record', DATABASE_URL: 'postgresql://a:secret@h:99999/x' }],
])(
  'a wrong %s ends the worker with one line and its code, before anything is waited for',
  async (name, settings) => {
    // Nobody listens there: a worker that waits for Temporal would wait for ever.
    const env = { PATH: process.env['PATH'], TEMPORAL_ADDRESS: '127.0.0.1:1', ...settings };
    const end = await promisify(execFile)(process.execPath, [MAIN], { env, timeout: 30_000 }).catch(
      (error: { code: number; stderr: string; stdout: string }) => error,
    );
    expect(end).toMatchObject({ code: 78, stdout: '' });
    expect(end.stderr).toMatch(new RegExp(`^${name}: [^\\n]+\\n$`));
    expect(end.stderr).not.toContain('secret');
  },
);

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CHECKOUT, userCache } from './paths.mjs';
import { isOnPath, run } from './run.mjs';
import { say } from './say.mjs';

const FOLDER = path.join(CHECKOUT, 'deploy/local/s3-server');
const RELEASE = JSON.parse(readFileSync(path.join(FOLDER, 'release.json'), 'utf8'));
const PROGRAM = path.join(userCache(), 'versitygw', RELEASE.version, 'versitygw');

/**
 * A real S3 server (versitygw) that tests of the artifact store run against, built with Go once per machine. Where it
 * cannot be built these tests say so and are left out: nothing else needs it.
 */
export const s3Server = {
  name: `versitygw ${RELEASE.version}`,
  why: 'an S3 server for tests, built with Go: about a minute, once per machine',
  isDone: async () => existsSync(PROGRAM) || isOnPath('versitygw') || !isOnPath('go'),
  run: async () => {
    const part = `${PROGRAM}.part-${process.pid}`;
    await mkdir(path.dirname(PROGRAM), { recursive: true });
    try {
      await run('go', ['build', '-trimpath', '-buildvcs=false', '-o', part, RELEASE.package], {
        cwd: FOLDER,
        env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly' },
      });
      await rename(part, PROGRAM);
    } catch (error) {
      say(`\n  It cannot be built (${error.message.split('\n')[0]}): tests with S3 are left out.`);
    } finally {
      await rm(part, { force: true });
    }
  },
};

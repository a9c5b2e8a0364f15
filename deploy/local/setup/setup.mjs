import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSteps } from './build.mjs';
import { assertSettings } from './check-settings.mjs';
import { releaseLock, takeLock } from './lock.mjs';
import { npmPackages } from './npm-packages.mjs';
import { CHECKOUT } from './paths.mjs';
import { SETUP_LOG, SetupError, endRunning, hasRun } from './run.mjs';
import { s3Server } from './s3-server.mjs';
import { say, working } from './say.mjs';
import { systemPackages } from './system-packages.mjs';
import { temporalCli } from './temporal-cli.mjs';

/** It guards what is installed and built here, whatever AURA_HOME is; node_modules itself is emptied by npm. */
const LOCK = path.join(CHECKOUT, 'dist/setup.lock');

/**
 * Gets everything that Aura needs and that is not there yet. Each step says what it does and why, can be
 * broken off at any point and begun again, and is silent when there is nothing to do. False, after one line
 * of why, when a step fails; Ctrl-C ends the process. With `settings`, an environment, a wrong one of these
 * ends it with a SettingsError before the step that may take longest.
 */
export async function setUp({ forTests = false, isBuilt = true, settings } = {}) {
  const steps = [systemPackages({ forTests }), npmPackages, ...(isBuilt ? buildSteps : [])];
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    await lockCheckout();
    for (const step of steps) await perform(step);
    if (settings) await assertSettings(settings);
    await perform(temporalCli);
    if (forTests) await perform(s3Server);
    return true;
  } catch (error) {
    await sayWhy(error);
    return false;
  } finally {
    releaseLock(LOCK);
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function perform({ name, why, isDone, run, progress }) {
  if (await isDone()) return;
  const done = working(`${name}: ${why}`, progress);
  try {
    await run();
    done('done');
  } catch (error) {
    done(interrupted ? 'broken off' : 'failed');
    throw new SetupError(`${name}: ${error.message}`, { cause: error });
  }
}

/** Two starts of one checkout do not build over each other: the second waits and then finds all done. */
async function lockCheckout() {
  let said = false;
  for (let holder = takeLock(LOCK); holder; holder = takeLock(LOCK)) {
    if (!said)
      say(`Another setup of this checkout is running (process ${holder.pid}): waiting for it.`);
    said = true;
    await sleep(500);
  }
}

/** What the file system says of a full disk or of a folder that is not ours is said in its own words. */
const FILE_TROUBLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']);

let interrupted = false;

function interrupt(signal) {
  void endInterrupted(signal);
}

async function endInterrupted(signal) {
  if (interrupted) return;
  interrupted = true;
  await endRunning();
  releaseLock(LOCK);
  say(`\nBroken off. The next start goes on from here.`);
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

/** While we are being ended, a program that ended with us is no failure. */
async function sayWhy(error) {
  await sleep(50);
  if (interrupted) await new Promise(() => undefined);
  if (!(error instanceof SetupError || FILE_TROUBLE.has(error.code))) throw error;
  say(`\nSetup failed at ${error.message}`);
  if (hasRun()) say(`The whole log is ${SETUP_LOG}`);
}

import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBuilt } from './build.mjs';
import { CHECKOUT, auraHome } from './paths.mjs';
import { isInstalled } from './run.mjs';
import { say } from './say.mjs';

/** One or more settings are wrong. As in libs/config, which is not there yet when this is asked. */
class SettingsError extends Error {
  name = 'SettingsError';
}

/**
 * Throws a SettingsError for what can be known to be wrong at once: a mistake must not cost a wait. Where
 * there is a finished build, all settings are checked; before it, what .env.example and this machine tell.
 * The message is for the user, and never has a value in it.
 */
export async function assertSettings(env) {
  const known = isBuilt() ? await byBuild(env) : numberObjections(env);
  const objections = [...known, ...placeObjections(env)];
  if (objections.length === 0) {
    for (const name of strangers(env)) say(`${name} is no setting of Aura: it changes nothing.`);
    return;
  }
  throw new SettingsError(
    `These settings (environment or ${CHECKOUT}/.env) are wrong:\n${objections.join('\n')}`,
  );
}

/** By its file: nothing of ours may be imported before it is built, and it is not always. */
const CONFIG = path.join(CHECKOUT, 'libs/config/dist/index.js');

async function byBuild(env) {
  const { loadSettings } = await import(pathToFileURL(CONFIG).href);
  try {
    loadSettings(env);
    return [];
  } catch (error) {
    if (error.name === 'SettingsError') return error.message.split('\n');
    throw error;
  }
}

/** A setting whose default is a number is one. */
function numberObjections(env) {
  const example = readFileSync(path.join(CHECKOUT, '.env.example'), 'utf8');
  const names = [...example.matchAll(/^# (\w+)=\d+$/gm)].map(([, name]) => name);
  return names.flatMap((name) => {
    const value = env[name]?.trim();
    if (!value) return [];
    const [least, most] = name.endsWith('_PORT') ? [1, 65_535] : [0, Number.MAX_SAFE_INTEGER];
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return [];
    const bounds = name.endsWith('_PORT') ? ` from ${least} to ${most}` : '';
    return [`${name}: must be a whole number${bounds}`];
  });
}

const PROGRAMS = ['FFMPEG_PATH', 'FFPROBE_PATH', 'FLITE_PATH', 'ESPEAK_PATH'];

/** A program given by its name alone may still be installed by the setup. */
/** Names that look like settings and are none: most likely slips of the pen. */
function strangers(env) {
  const example = readFileSync(path.join(CHECKOUT, '.env.example'), 'utf8');
  const known = new Set([...example.matchAll(/^# (\w+)=/gm)].map(([, name]) => name));
  return Object.keys(env).filter(
    (name) => /^AURA_(?!TEST_)/.test(name) && !known.has(name.replace(/_FILE$/, '')),
  );
}

function placeObjections(env) {
  const programs = PROGRAMS.filter((name) => {
    const value = env[name]?.trim();
    return value?.includes('/') && !isInstalled(value);
  }).map((name) => `${name}: must be a program that can be run`);
  return isFolder(auraHome(env))
    ? programs
    : ['AURA_HOME: must be a folder to write to', ...programs];
}

/** Also one that is not there yet, below one that can be written to. */
function isFolder(place) {
  try {
    if (!existsSync(place)) return place !== path.dirname(place) && isFolder(path.dirname(place));
    accessSync(place, constants.W_OK);
    return statSync(place).isDirectory();
  } catch {
    return false;
  }
}

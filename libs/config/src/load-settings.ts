import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { SETTINGS, type SettingName, type Settings } from './settings.js';

/** One or more settings are wrong. The message names each and says what is wanted, never its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads all settings from an environment. Empty counts as unset; a secret may also be given as a file
 * (`AURA_API_KEY_FILE`). All problems are reported together.
 */
export function loadSettings(env: Record<string, string | undefined>): Settings {
  const problems: string[] = [];
  const entries = (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const { schema, secret } = SETTINGS[name];
    const parsed = z.safeParse(schema, rawValue(env, name, secret, problems));
    if (!parsed.success) problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'is wrong'}`);
    return [name, parsed.data];
  });
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return Object.fromEntries(entries) as Settings;
}

/** All that must not be told of these settings: those that are secret, and the passwords in addresses. */
export function secretsIn(settings: Partial<Settings>): string[] {
  const names = Object.keys(SETTINGS) as SettingName[];
  return names.flatMap((name) => {
    const value = settings[name];
    if (typeof value !== 'string') return [];
    const password = URL.canParse(value) ? decoded(new URL(value).password) : '';
    return [...(SETTINGS[name].secret ? [value] : []), ...(password ? [password] : [])];
  });
}

/** The settings as they may be shown to whoever runs Aura: of secrets only whether they are set. */
export function settingsToShow(settings: Partial<Settings>): Record<string, string> {
  const names = Object.keys(SETTINGS) as SettingName[];
  const shown = names.map((name) => {
    const value = settings[name];
    if (value === undefined || value === '') return [name, 'not set'];
    return [name, SETTINGS[name].secret ? 'set' : withoutPassword(String(value))];
  });
  return Object.fromEntries(shown) as Record<string, string>;
}

function withoutPassword(value: string): string {
  if (!URL.canParse(value)) return value;
  const url = new URL(value);
  if (url.username + url.password === '') return value;
  return value.replace(/\/\/[^@/]*@/, '//[cut]@');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function rawValue(
  env: Record<string, string | undefined>,
  name: SettingName,
  secret: boolean,
  problems: string[],
): string | undefined {
  const file = secret ? env[`${name}_FILE`] : undefined;
  if (!file) return env[name]?.trim() || undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    problems.push(`${name}_FILE: the file cannot be read`);
    return undefined;
  }
}

/** The text of `.env.example`: every setting, commented out, with its default and its reason. */
export function envExample(): string {
  const blocks = (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const { schema, why, secret } = SETTINGS[name];
    const value = z.safeParse(schema, undefined).data;
    const asFile = secret ? `\n# May also be given as a file: ${name}_FILE.` : '';
    return `# ${why}${asFile}\n# ${name}=${value ?? ''}`;
  });
  return `# Every setting of Aura with its default. Copy to .env and take off the "#" of what you change.\n\n${blocks.join('\n\n')}\n`;
}

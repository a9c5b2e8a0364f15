import { Failure } from '@aura/failure';
import type { Price } from './prices.js';

const UNITS = [
  'inputPerMillion',
  'cachedInputPerMillion',
  'outputPerMillion',
  'charactersPerMillion',
  'perPicture',
  'perSecond',
] as const;

/**
 * A user's own prices out of a setting: `vendor/model=unit:usd,unit:usd;vendor/model=…`, for example
 * `elevenlabs/eleven_v3=charactersPerMillion:220;openai/gpt-4o=inputPerMillion:2,outputPerMillion:8`. An empty
 * text gives none. `asOf` is the day on which they were set, as far as anybody knows. Errors: INVALID_CONFIG, naming the
 * part that is wrong.
 */
export function priceOverrides(setting: string, asOf: string): Price[] {
  return setting
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => override(part, asOf));
}

function override(part: string, asOf: string): Price {
  const equals = part.lastIndexOf('=');
  const [name, units] = [part.slice(0, equals).trim(), part.slice(equals + 1)];
  const slash = name.indexOf('/');
  if (equals < 0 || slash < 1 || slash === name.length - 1) {
    throw wrong(part, 'it is not vendor/model=unit:usd');
  }
  const prices = units.split(',').map((unit) => priced(part, unit.trim()));
  return {
    vendor: name.slice(0, slash),
    model: name.slice(slash + 1),
    ...(Object.fromEntries(prices) as Partial<Price>),
    source: 'set by the operator',
    asOf,
  };
}

function priced(part: string, unit: string): [unit: string, usd: number] {
  const [name = '', amount = ''] = unit.split(':').map((word) => word.trim());
  if (!UNITS.some((known) => known === name)) throw wrong(part, `units are ${UNITS.join(', ')}`);
  if (!/^\d+(\.\d+)?$/.test(amount)) throw wrong(part, `${name} is not an amount of dollars`);
  return [name, Number(amount)];
}

function wrong(part: string, why: string): Failure {
  return new Failure('INVALID_CONFIG', `The price "${part}" cannot be read: ${why}.`);
}

import { capitalised } from './english/words.js';

/** Values of placeholders; a phrasing whose placeholder has none is not used. */
export type Values = Record<string, string | undefined>;

/**
 * Fills "{name}" and, with a capital, "{name^}". undefined where a value is missing, so that phrasings
 * choose themselves by what is known. The sentence begins with a capital.
 */
export function fill(template: string, values: Values): string | undefined {
  let missing = false;
  const text = template.replace(/\{(\w+)(\^?)\}/g, (_all, name: string, capital: string) => {
    const value = values[name];
    if (value === undefined) missing = true;
    return capital ? capitalised(value ?? '') : (value ?? '');
  });
  return missing ? undefined : capitalised(tidied(text));
}

export function fillAll(templates: readonly string[], values: Values): string[] {
  return templates.flatMap((template) => fill(template, values) ?? []);
}

/** The same for languages whose spacing and capitals are not English; the phrasings are used as they stand. */
export function fillPlain(templates: readonly string[], values: Values): string[] {
  return templates.flatMap((template) => {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    if (names.some((name) => values[name] === undefined)) return [];
    return [template.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '')];
  });
}

/** Repairs what can clash where a phrasing and a value meet. */
function tidied(text: string): string {
  return text
    .replace(/\s+([,.;:?!])/g, '$1')
    .replace(/([,;:])\1+/g, '$1')
    .replace(/,([.;:?!])/g, '$1')
    .replace(/([.?!]”)\./g, '$1')
    .replace(/ {2,}/g, ' ');
}

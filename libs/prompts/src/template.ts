import { Failure } from '@aura/failure';

/** What a template may be filled with. `data` comes from users or models and is set apart by tags of its own name. */
export const PLACEHOLDERS = {
  brief: 'data',
  audience: 'data',
  title: 'data',
  documents: 'data',
  scenes_list: 'data',
  scenes: 'plain',
  language: 'plain',
  language_name: 'plain',
  style: 'plain',
  style_guide: 'plain',
  seconds: 'plain',
  length: 'plain',
  scene_length: 'plain',
  count: 'plain',
  look: 'plain',
  faults: 'plain',
} as const satisfies Record<string, 'data' | 'plain'>;

export type Placeholder = keyof typeof PLACEHOLDERS;
export type TemplateValues = Partial<Record<Placeholder, string>>;

const MAX_TEMPLATE = 8_000;
const SLOT = /\{\{\s*([a-z_]+)\s*\}\}/g;

/** What a template asks for and must not leave out. */
export interface TemplateRules {
  allowed: readonly Placeholder[];
  needed: readonly Placeholder[];
}

/**
 * Fills a template in one pass: what a value holds is never looked at as a template. Values from users stand
 * between tags that they cannot close. Placeholders without a value stay empty. Pure.
 */
export function filled(template: string, values: TemplateValues): string {
  return template.replace(SLOT, (_all, name: string) => {
    const value = Object.hasOwn(values, name) ? (values[name as Placeholder] ?? '') : '';
    return PLACEHOLDERS[name as Placeholder] === 'data' ? asData(name, value) : value;
  });
}

/** The placeholders of one of our own templates, each once, in order. Pure. */
export function placeholdersIn(template: string): Placeholder[] {
  const names = [...template.matchAll(SLOT)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name): name is Placeholder =>
    Object.hasOwn(PLACEHOLDERS, name),
  );
}

/** What is wrong with a template that somebody wrote, one line each; empty where nothing is. Pure. */
export function templateProblems(template: string, { allowed, needed }: TemplateRules): string[] {
  const used = [...template.matchAll(SLOT)].map(([, name = '']) => name);
  const unknown = [...new Set(used)].filter(
    (name) => !(allowed as readonly string[]).includes(name),
  );
  const checks: [isWrong: boolean, problem: string][] = [
    [template.trim().length < 20, 'it is too short to ask for anything'],
    [template.length > MAX_TEMPLATE, `it has more than ${MAX_TEMPLATE} characters`],
    [/(?!\n|\t)[\p{Cc}\p{Cs}]/u.test(template), 'it holds control characters'],
    [
      unknown.length > 0,
      `it has placeholders that do not exist; there are ${allowed.map((name) => `{{${name}}}`).join(', ')}`,
    ],
    [
      /\{\{|\}\}|\{%|%\}|\$\{/.test(template.replace(SLOT, '')),
      'it holds "{{", "}}", "{%" or "${" outside of a placeholder',
    ],
    [DATA_TAG.test(template), 'it writes the tags that set apart what users bring'],
  ];
  const missing = needed
    .filter((name) => used.filter((other) => other === name).length !== 1)
    .map((name) => `it must have {{${name}}} exactly once`);
  return [...checks.flatMap(([isWrong, problem]) => (isWrong ? [problem] : [])), ...missing];
}

/** The template, if nothing is wrong with it. Errors: InvalidInput:prompts, with the field and every problem. */
export function checkedTemplate(name: string, template: string, rules: TemplateRules): string {
  const problems = templateProblems(template, rules);
  if (problems.length === 0) return template;
  throw new Failure(
    'InvalidInput:prompts',
    `The prompt "${name}" cannot be used: ${problems[0]}.`,
    {
      fields: problems.map((message) => ({ field: `prompts.${name}`, message })),
    },
  );
}

const DATA_NAMES = ['brief', 'audience', 'title', 'scenes', 'scenes_list'];
const DATA_TAG = new RegExp(String.raw`<\s*/?\s*(?:${DATA_NAMES.join('|')})\b`, 'i');
const DATA_TAGS = new RegExp(DATA_TAG.source, 'gi');

/** Between tags of its name; a tag inside it is written with another sign, so that it closes nothing. */
function asData(name: string, value: string): string {
  const tag = name === 'scenes_list' ? 'scenes' : name;
  const harmless = value.replace(DATA_TAGS, (found) => `‹${found.slice(1)}`);
  return `<${tag}>\n${harmless}\n</${tag}>`;
}

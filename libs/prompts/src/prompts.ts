import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { checkedTemplate, templateProblems, type TemplateRules } from './template.js';

/** One prompt as it lies in the folder prompts/. */
export interface Prompt {
  /** The file's name without its ending: "script", "styles/news". */
  name: string;
  title: string;
  /** Raised by hand with every change of the text. */
  version: number;
  text: string;
  /** Part of unit keys: version, and a hash in case that somebody forgot to raise it. */
  edition: string;
  /** Which placeholders a job's own text may have; undefined where a job cannot replace it. */
  rules: TemplateRules | undefined;
}

/** A job's own texts for the prompts that may be replaced. */
export interface PromptOverrides {
  script?: string | undefined;
  pictures?: string | undefined;
}

const RULES: Record<string, TemplateRules> = {
  script: {
    allowed: [
      'brief',
      'audience',
      'language',
      'language_name',
      'style',
      'style_guide',
      'seconds',
      'length',
      'scene_length',
      'scenes',
    ],
    needed: ['brief', 'scenes', 'length', 'language'],
  },
  pictures: {
    allowed: ['title', 'scenes_list', 'count', 'style', 'look'],
    needed: ['scenes_list', 'count'],
  },
};

const NAMES = ['system', 'script', 'pictures', 'again', 'documents', 'analysis'] as const;
export type PromptName = (typeof NAMES)[number] | `styles/${string}`;

/** All prompts, as they lie in the folder; those of the styles last, by name. */
export function listPrompts(): Prompt[] {
  const styles = readdirSync(new URL('styles/', FOLDER))
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => `styles/${file.slice(0, -'.md'.length)}` as const);
  return [...NAMES, ...styles].map(promptNamed);
}

/** Errors: those of reading the file; an installation without its prompts is broken. */
export function promptNamed(name: PromptName): Prompt {
  const known = loaded.get(name);
  if (known) return known;
  const prompt = parsed(name, readFileSync(new URL(`${name}.md`, FOLDER), 'utf8'));
  loaded.set(name, prompt);
  return prompt;
}

/** What is wrong with a job's own text for a prompt, one line each; empty where nothing is. */
export function promptProblems(name: 'script' | 'pictures', own: string): string[] {
  const { rules } = promptNamed(name);
  return own.trim() === '' || !rules ? [] : templateProblems(own, rules);
}

/** The text that a job is asked with: its own where it has one. Errors: InvalidInput:prompts. */
export function promptText(name: 'script' | 'pictures', overrides: PromptOverrides = {}): string {
  const { text, rules } = promptNamed(name);
  const own = overrides[name];
  return own === undefined || own.trim() === '' || !rules
    ? text
    : checkedTemplate(name, own, rules);
}

/** All editions in one line, for unit keys. */
export function promptEditions(): string {
  return listPrompts()
    .map(({ name, edition }) => `${name}@${edition}`)
    .join(' ');
}

/** Beside src/ and dist/ alike. */
const FOLDER = new URL('../prompts/', import.meta.url);
const loaded = new Map<string, Prompt>();

function parsed(name: string, file: string): Prompt {
  const [, head = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  const field = (key: string) => new RegExp(`^${key}: (.+)$`, 'm').exec(head)?.[1] ?? '';
  const version = Number(field('version'));
  const body = text.trim();
  if (!Number.isInteger(version) || body === '') throw new TypeError(`${name}.md is no prompt`);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 8);
  return {
    name,
    title: field('title'),
    version,
    text: body,
    edition: `${version}-${hash}`,
    rules: RULES[name],
  };
}

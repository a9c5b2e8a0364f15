import { createAccount, type Account } from '../account.js';
import { members, namesIn } from '../members.js';
import { isOwnMachine } from '../own-machine.js';
import type { AccountSettings } from './account-settings.js';

const DEFAULT_HOST = 'http://127.0.0.1:11434';
const DEFAULT_PORT = '11434';

/**
 * An Ollama, on this machine unless an address says otherwise. One model works on one thing at a time: more calls would
 * only wait inside it until they are too late. Errors: INVALID_CONFIG.
 */
export function ollamaAccount({ baseUrl: host }: AccountSettings): Account {
  const baseUrl = ollamaAddress(host);
  return createAccount({
    vendor: 'ollama',
    runs: isOwnMachine(baseUrl) ? 'local' : 'remote',
    baseUrl,
    maxConcurrentCalls: 1,
    missingModel: ollamaPullHint,
    probe: { path: '/api/tags', modelsIn: ollamaModelsIn },
  });
}

/**
 * OLLAMA_HOST as Ollama itself reads it: without a scheme it means http and, unless it names another, port 11434; with
 * one the port is that of the scheme. 0.0.0.0 is where it listens. Other schemes are left for `createAccount` to refuse.
 */
export function ollamaAddress(host: string | undefined): string {
  if (!host) return DEFAULT_HOST;
  const isBare = !host.includes('://');
  const full = isBare ? `http://${host}` : host;
  if (!URL.canParse(full)) return full;
  const url = new URL(full);
  if (isBare && url.port === '' && !/:80\/*$/.test(full)) url.port = DEFAULT_PORT;
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  return url.href.replace(/\/$/, '');
}

/** Names of the models in the reply to GET /api/tags and /api/ps. */
export function ollamaModelsIn(body: unknown): string[] {
  return namesIn(members(body)['models'], 'name');
}

/**
 * The model on the machine that stands for the one asked for: the same name, the same without its tag, or the same
 * size in another quantisation (`llama3.1:8b` is there as `llama3.1:8b-instruct-q4_K_M`). Pure; looks once.
 */
export function ollamaModelThere(asked: string, there: readonly string[]): string | undefined {
  const wanted = asked.toLowerCase();
  const full = wanted.includes(':') ? wanted : `${wanted}:latest`;
  const exact = there.find((name) => name.toLowerCase() === full);
  if (exact !== undefined) return exact;
  const stem = wanted.replace(QUANTISED, '');
  const kin = there.filter((name) => {
    const other = name.toLowerCase();
    return stem.includes(':')
      ? other === stem || other.startsWith(`${stem}-`)
      : other.startsWith(`${stem}:`);
  });
  return kin.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}

/** `-q4_K_M`, `-instruct-q8_0`, `-fp16` … at the end of a tag. */
const QUANTISED = /(?:-(?:instruct|chat|text))?-(?:q\d[\w.]*|iq\d\w*|fp16|bf16|f16)$/;

/** What a user does about a model that is not there. */
export function ollamaPullHint(model: string): string {
  return `Ollama has no model ${model}. Run: ollama pull ${model}`;
}

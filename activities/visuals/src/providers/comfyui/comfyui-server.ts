import { Failure } from '@aura/failure';
import { members, type Account, type Expense, type Vendors } from '@aura/provider';
import { invalid } from '../../pictures/picture-invalid.js';
import { MAX_PICTURE_BYTES } from '../../pictures/fit-picture.js';
import { textIn } from '../../pictures/reply-members.js';
import { PICTURES } from '../visuals-entry.js';
import type { Graph } from './comfyui-graph.js';

/** What has become of a prompt. */
export type PromptState =
  | { is: 'done'; picture: FileName | undefined; clip: FileName | undefined }
  | { is: 'failed'; why: string }
  | { is: 'waiting' }
  | { is: 'unknown' };

/** How ComfyUI names a file in its folders. */
export interface FileName {
  filename: string;
  subfolder: string;
  type: string;
}

/** Every word for what is called here: each may be ill by itself. */
export const ENDPOINTS = [PICTURES, 'queue', 'view'] as const;

const REPLY_BYTES = 4 * 1024 * 1024;
/** Of a clip that it has made. */
const MAX_MADE_BYTES = 200 * 1024 * 1024;
/** Prompts of the history that are looked through, each with its whole graph. */
const RECENT = 40;
/** Clearing up after a cancel: nobody waits for it. */
const WITHDRAW_MS = 3_000;

/**
 * ComfyUI's HTTP interface, as far as it is used. Source: routes of its server.py, and of the examples that come
 * with it (script_examples/basic_api_example.py, websockets_api_example.py).
 */
export class ComfyUiServer {
  constructor(
    private readonly vendors: Vendors,
    private readonly account: Account,
  ) {}

  /**
   * Puts a graph into the queue under the id that the expense refers to; says the id that it got, which is another
   * one with servers of before 2025. Errors: those of `Vendors`, RESOURCE_NOT_FOUND for a missing checkpoint.
   */
  async submit(
    graph: Graph,
    { promptId, clientId, model }: { promptId: string; clientId: string; model: string },
    { expense, signal }: { expense: Expense; signal: AbortSignal | undefined },
  ): Promise<string> {
    const reply = await this.vendors.callVendor({
      account: this.account,
      endpoint: PICTURES,
      path: '/prompt',
      json: { prompt: graph, client_id: clientId, prompt_id: promptId },
      model,
      mediaTypes: ['application/json'],
      limits: { maxBytes: REPLY_BYTES },
      expense: { ...expense, referenceOf: (taken) => idIn(taken.json()) },
      signal,
    });
    const id = idIn(reply.json());
    if (!id) throw new Failure('API_ERROR', 'ComfyUI took the picture’s order without a word.');
    return id;
  }

  /** Looked up twice, since a prompt goes from the queue into the history between two questions. */
  async stateOf(promptId: string, signal: AbortSignal | undefined): Promise<PromptState> {
    const before = await this.historyOf(promptId, signal);
    if (before) return before;
    const queue = members(await this.ask('/queue', signal));
    const isWaiting = [queue['queue_running'], queue['queue_pending']].some((list) =>
      isQueued(list, promptId),
    );
    if (isWaiting) return { is: 'waiting' };
    return (await this.historyOf(promptId, signal)) ?? { is: 'unknown' };
  }

  /**
   * The newest prompt of a client that is queued or painted, for servers of before 2025, which take no id of ours:
   * their entries carry the client's name.
   */
  async promptOf(clientId: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const queue = members(await this.ask('/queue', signal));
    const waiting = [queue['queue_running'], queue['queue_pending']].flat().filter(Array.isArray);
    const history = members(await this.ask(`/history?max_items=${RECENT}`, signal));
    const painted = Object.values(history).filter((entry) => stateIn(entry).is === 'done');
    const prompts: unknown[] = [...painted.map((entry) => members(entry)['prompt']), ...waiting];
    const own = prompts.filter((prompt) => clientOf(prompt) === clientId).at(-1);
    return Array.isArray(own) ? textIn(own[1]) : undefined;
  }

  async view(
    { filename, subfolder, type }: FileName,
    signal: AbortSignal | undefined,
  ): Promise<Buffer> {
    const { bytes } = await this.vendors.callVendor({
      account: this.account,
      endpoint: 'view',
      path: '/view',
      query: { filename, subfolder, type },
      limits: { maxBytes: MAX_PICTURE_BYTES },
      signal,
    });
    return bytes;
  }

  /** Fetches a clip into a file that does not exist yet. */
  async save(
    { filename, subfolder, type }: FileName,
    file: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await this.vendors.callVendor({
      account: this.account,
      endpoint: 'view',
      path: '/view',
      query: { filename, subfolder, type },
      limits: { maxBytes: MAX_MADE_BYTES },
      saveTo: file,
      signal,
    });
  }

  /** Takes a prompt out of the queue, and stops it where it is being painted. Best effort: never throws. */
  async withdraw(promptId: string): Promise<void> {
    const signal = AbortSignal.timeout(WITHDRAW_MS);
    const post = (path: string, json: unknown) =>
      this.vendors.callVendor({ account: this.account, endpoint: 'queue', path, json, signal });
    try {
      await post('/queue', { delete: [promptId] });
      const { queue_running: running } = members(await this.ask('/queue', signal));
      // Older servers stop whatever runs, so they are asked only while ours does.
      if (isQueued(running, promptId)) await post('/interrupt', { prompt_id: promptId });
    } catch {
      // The picture is painted for nobody, and that is all.
    }
  }

  private async historyOf(
    promptId: string,
    signal: AbortSignal | undefined,
  ): Promise<PromptState | undefined> {
    const history = await this.ask(`/history/${encodeURIComponent(promptId)}`, signal);
    const entry = members(history)[promptId];
    return entry === undefined ? undefined : stateIn(entry);
  }

  private async ask(path: string, signal: AbortSignal | undefined): Promise<unknown> {
    const reply = await this.vendors.callVendor({
      account: this.account,
      endpoint: 'queue',
      path,
      mediaTypes: ['application/json'],
      limits: { maxBytes: REPLY_BYTES },
      signal,
    });
    return reply.json();
  }
}

function idIn(body: unknown): string | undefined {
  const id = textIn(members(body)['prompt_id']);
  return /^[\w-]{1,100}$/.test(id) ? id : undefined;
}

/** Entries are `[number, prompt id, graph, …]`. */
function isQueued(queue: unknown, promptId: string): boolean {
  return (
    Array.isArray(queue) && queue.some((entry) => Array.isArray(entry) && entry[1] === promptId)
  );
}

/** The fourth part holds extra data, such as who asked. */
function clientOf(prompt: unknown): unknown {
  return Array.isArray(prompt) ? members(prompt[3])['client_id'] : undefined;
}

function isClip({ filename }: FileName): boolean {
  return /\.(?:mp4|m4v|mov|webm|mkv)$/i.test(filename);
}

function stateIn(entry: unknown): PromptState {
  const { status, outputs } = members(entry);
  const { status_str: word, messages } = members(status);
  if (word === 'error') return { is: 'failed', why: errorIn(messages) };
  const files = filesIn(outputs);
  const pictures = files.filter((file) => !isClip(file));
  return { is: 'done', picture: keptOf(pictures), clip: keptOf(files.filter(isClip)) };
}

/** `['execution_error', { exception_type, exception_message, node_type }]` among the messages. */
function errorIn(messages: unknown): string {
  const list: unknown[] = Array.isArray(messages) ? messages : [];
  for (const message of list) {
    const [name, said] = Array.isArray(message) ? (message as unknown[]) : [];
    if (name === 'execution_interrupted') return 'it was interrupted';
    if (name !== 'execution_error') continue;
    const { node_type: node, exception_message: why } = members(said);
    return `${textIn(node)}: ${textIn(why)}`.replace(/\s+/g, ' ').slice(0, 300);
  }
  return 'it does not say why';
}

/** Clips stand among the images too, or where nodes of others put them. */
function filesIn(outputs: unknown): FileName[] {
  const all = Object.values(members(outputs)).flatMap((output): unknown[] => {
    const { images, gifs, videos } = members(output);
    return [images, gifs, videos].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  });
  return all.map(members).map(({ filename, subfolder, type }) => ({
    filename: textIn(filename),
    subfolder: textIn(subfolder),
    type: textIn(type),
  }));
}

/** The first that is kept; previews are `temp`. */
function keptOf(files: readonly FileName[]): FileName | undefined {
  return files.find(({ type }) => type === 'output') ?? files[0];
}

/** The failure of a prompt that was taken and came to nothing. */
export function paintingFailed(why: string): Failure {
  return new Failure('API_ERROR', 'ComfyUI could not paint the picture.', { details: why });
}

/** A graph that ends in nothing of what was wanted. */
export function nothingMade(wanted: 'picture' | 'clip'): Failure {
  return invalid(`the graph of ComfyUI saved no ${wanted}`);
}

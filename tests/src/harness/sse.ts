import { until } from './wait.js';

/** One message of a stream. Ephemeral progress has no id. */
export interface SseEvent {
  id: number | undefined;
  event: string;
  data: Record<string, unknown>;
  /** When it arrived, by our clock. */
  atMs: number;
}

export interface SseStream {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that has arrived so far. */
  readonly events: SseEvent[];
  /** Lines that begin with ":". */
  readonly comments: string[];
  /** Whether the server has ended it. */
  readonly isEnded: boolean;
  next(what: string, match: (event: SseEvent) => boolean, withinMs?: number): Promise<SseEvent>;
  ended(withinMs?: number): Promise<void>;
  /** Breaks the connection off, as a network would. */
  drop(): void;
}

/** Opens a stream with fetch; does not reconnect by itself. Rejects where the server refuses the connection. */
export async function openStream(
  url: string,
  { lastEventId }: { lastEventId?: number } = {},
): Promise<SseStream> {
  const broken = new AbortController();
  const response = await fetch(url, {
    headers: {
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
    },
    signal: broken.signal,
  });
  const events: SseEvent[] = [];
  const comments: string[] = [];
  let isEnded = false;
  void read(response, events, comments)
    .catch(() => undefined)
    .finally(() => (isEnded = true));
  return {
    status: response.status,
    headers: response.headers,
    events,
    comments,
    get isEnded() {
      return isEnded;
    },
    next: (what, match, withinMs) =>
      until(`${what} in the stream ${url}`, () => events.find(match), withinMs),
    ended: async (withinMs) => void (await until(`${url} ends`, () => isEnded, withinMs)),
    drop: () => broken.abort(),
  };
}

async function read(response: Response, events: SseEvent[], comments: string[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const messages = rest.split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const event = parse(message.split('\n'), comments);
      if (event) events.push(event);
    }
  }
}

function parse(lines: string[], comments: string[]): SseEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of lines) {
    if (line.startsWith(':')) {
      comments.push(line);
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    fields.set(name, fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  const id = fields.get('id');
  return {
    id: id === undefined ? undefined : Number(id),
    event: fields.get('event') ?? 'message',
    data: JSON.parse(data) as Record<string, unknown>,
    atMs: Date.now(),
  };
}

/** The ids of the durable messages, in the order of their arrival. */
export function idsOf(events: readonly SseEvent[]): number[] {
  return events.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

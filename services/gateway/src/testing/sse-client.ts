import { setTimeout as sleep } from 'node:timers/promises';

export interface Message {
  id: number | undefined;
  event: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into whatever came
  data: any;
}

/** Reads an event stream as a browser does, and remembers everything that came. */
export class SseClient {
  readonly messages: Message[] = [];
  comments = 0;
  retryMs: number | undefined;
  isOver = false;
  response!: Response;
  private readonly abort = new AbortController();
  private reading: Promise<void> | undefined;

  private constructor(private readonly url: string) {}

  static async open(url: string, headers: Record<string, string> = {}): Promise<SseClient> {
    const client = new SseClient(url);
    client.response = await fetch(url, { headers, signal: client.abort.signal });
    client.reading = client.read().catch(() => undefined);
    return client;
  }

  get durable(): Message[] {
    return this.messages.filter(({ id }) => id !== undefined);
  }

  get ids(): number[] {
    return this.durable.map(({ id }) => id!);
  }

  /** Waits until something holds; fails after `withinMs`, saying what has come. */
  async until(holds: (client: this) => boolean, withinMs = 5_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!holds(this)) {
      if (Date.now() > deadline) {
        throw new Error(`${this.url} gave only ${JSON.stringify(this.messages)}`);
      }
      await sleep(10);
    }
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.reading;
  }

  private async read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
    this.isOver = true;
  }

  private take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
      fields.set(name, value);
    }
    if (fields.has('')) this.comments += 1;
    if (fields.has('retry')) this.retryMs = Number(fields.get('retry'));
    const [event, data, id] = ['event', 'data', 'id'].map((name) => fields.get(name));
    if (!event || data === undefined) return;
    this.messages.push({ id: id === undefined ? id : Number(id), event, data: JSON.parse(data) });
  }
}

export interface ServerEvent {
  id?: string;
  event: string;
  data: string;
}

/** The events of a text/event-stream body, as they arrive. Comments are left out. */
export async function* eventsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = eventIn(block);
      if (event) yield event;
    }
  }
}

function eventIn(block: string): ServerEvent | undefined {
  const fields = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/.exec(line));
  const all = (name: string) =>
    fields.filter((field) => field?.[1] === name).map((field) => field![2]!);
  const data = all('data');
  if (data.length === 0) return undefined;
  return { id: all('id').at(-1), event: all('event').at(-1) ?? 'message', data: data.join('\n') };
}

import { randomBytes } from 'node:crypto';
import { listCharge } from '../../bill.js';
import type { Schema } from '../../content/schema.js';
import { tokensIn, writeAnswer } from '../../content/write-answer.js';
import type { Call, Reply } from '../../server/call.js';
import { readMessageRequest, type MessageRequest } from './message-request.js';

type Block =
  | { type: 'text'; text: string; citations: null }
  | { type: 'tool_use'; id: string; name: string; input: unknown; caller: { type: 'direct' } };

interface Message {
  id: string;
  type: 'message';
  role: 'assistant';
  model: string;
  content: Block[];
  stop_reason: 'end_turn' | 'max_tokens' | 'tool_use' | 'refusal';
  stop_details: object | null;
  stop_sequence: null;
  usage: { input_tokens: number; output_tokens: number };
}

/** `POST /v1/messages`: text, structured output, or the input of a tool; whole or as server-sent events. */
export function createMessage(call: Call, extra: readonly string[]): Reply {
  const request = readMessageRequest(call, extra);
  const message = answer(request, call);
  const { input_tokens: inputTokens, output_tokens: outputTokens } = message.usage;
  const { model } = request;
  call.charge(listCharge('anthropic', { model }, { inputTokens, outputTokens }));
  return request.stream ? streamed(message) : { body: message };
}

function answer(request: MessageRequest, call: Call): Message {
  const texts = [request.system, ...request.messages.map(({ content }) => content)].map(textOf);
  const prompt = texts.filter((text) => text !== '').join('\n\n');
  const tool = chosenTool(request);
  const schema = tool?.input_schema ?? request.output_config?.format?.schema;
  const message = (
    content: Block[],
    reason: Message['stop_reason'],
    outputTokens: number,
  ): Message => ({
    id: `msg_${randomBytes(12).toString('hex')}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content,
    stop_reason: reason,
    stop_details:
      reason === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null,
    stop_sequence: null,
    usage: { ...FULL_USAGE, input_tokens: tokensIn(prompt) + 8, output_tokens: outputTokens },
  });
  if (call.fault?.kind === 'refusal') return message([], 'refusal', 1);
  const { text, isCut } = writeAnswer({ prompt, schema, fault: call.fault });
  const tokens = tokensIn(text);
  const isLong = tokens > request.max_tokens;
  const shown = isLong ? text.slice(0, request.max_tokens * 4) : text;
  const block = tool && !isLong && !isCut ? toolUse(tool.name, text) : textBlock(shown);
  const reason = isLong || isCut ? 'max_tokens' : tool ? 'tool_use' : 'end_turn';
  return message([block], reason, Math.min(tokens, request.max_tokens));
}

const FULL_USAGE = {
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  server_tool_use: null,
  service_tier: 'standard',
};

function chosenTool({
  tools = [],
  tool_choice: choice,
}: MessageRequest): { name: string; input_schema?: Schema } | undefined {
  if (choice?.type === 'none') return undefined;
  return choice?.type === 'tool' ? tools.find(({ name }) => name === choice.name) : tools[0];
}

function textBlock(text: string): Block {
  return { type: 'text', text, citations: null };
}

function toolUse(name: string, text: string): Block {
  const id = `toolu_${randomBytes(12).toString('hex')}`;
  return { type: 'tool_use', id, name, input: parsed(text), caller: { type: 'direct' } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { text };
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (part as { text?: string }).text ?? '').join('\n');
}

function streamed(message: Message): Reply {
  const events: object[] = [
    {
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        usage: { ...message.usage, output_tokens: 1 },
      },
    },
    ...message.content.flatMap(blockEvents),
    {
      type: 'message_delta',
      delta: {
        stop_reason: message.stop_reason,
        stop_details: message.stop_details,
        stop_sequence: null,
      },
      usage: { output_tokens: message.usage.output_tokens },
    },
    { type: 'message_stop' },
  ];
  return {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    body: events.map((event) =>
      Buffer.from(`event: ${(event as { type: string }).type}\ndata: ${JSON.stringify(event)}\n\n`),
    ),
  };
}

function blockEvents(block: Block, index: number): object[] {
  const isText = block.type === 'text';
  const whole = isText ? block.text : JSON.stringify(block.input);
  const pieces = whole.match(/[\s\S]{1,40}/gu) ?? [];
  return [
    {
      type: 'content_block_start',
      index,
      content_block: isText ? { ...block, text: '' } : { ...block, input: {} },
    },
    ...(index === 0 ? [{ type: 'ping' }] : []),
    ...pieces.map((piece) => ({
      type: 'content_block_delta',
      index,
      delta: isText
        ? { type: 'text_delta', text: piece }
        : { type: 'input_json_delta', partial_json: piece },
    })),
    { type: 'content_block_stop', index },
  ];
}

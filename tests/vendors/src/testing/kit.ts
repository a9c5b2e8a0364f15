import { startVendor, type Vendor } from '../start-vendor.js';
import type { VendorOptions } from '../server/call.js';
import type { VendorName } from '../vendors/definitions.js';

/** Runs a test against a server of its own, which is closed in any case. */
export async function withVendor(
  name: VendorName,
  run: (vendor: Vendor) => Promise<void>,
  options: VendorOptions = {},
): Promise<void> {
  const vendor = await startVendor(name, options);
  try {
    await run(vendor);
  } finally {
    await vendor.close();
  }
}

interface AskInit {
  method?: string;
  body?: string;
  json?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The reply to a request, its body read to the end. */
export async function ask(
  url: string,
  init: AskInit = {},
): Promise<{
  status: number;
  headers: Headers;
  bytes: Buffer;
  text: string;
  json: () => Record<string, unknown>;
}> {
  const { json, headers = {}, signal } = init;
  const body = json === undefined ? init.body : JSON.stringify(json);
  const reply = await fetch(url, {
    method: init.method ?? (body === undefined ? 'GET' : 'POST'),
    body,
    signal,
    headers: json === undefined ? headers : { 'content-type': 'application/json', ...headers },
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const text = bytes.toString();
  return {
    status: reply.status,
    headers: reply.headers,
    bytes,
    text,
    json: () => JSON.parse(text) as Record<string, unknown>,
  };
}

/** One chat with an OpenAI server. */
export function chat(
  vendor: Vendor,
  text = 'Say something about bees.',
  signal?: AbortSignal,
): ReturnType<typeof ask> {
  return ask(`${vendor.url}/v1/chat/completions`, {
    json: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: text }] },
    headers: { authorization: `Bearer ${vendor.key}` },
    ...(signal ? { signal } : {}),
  });
}

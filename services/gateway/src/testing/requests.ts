import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into whatever came
  json: any;
}

export interface Sending {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** One request with exactly these headers; unlike `fetch` it may name any Host and send any bytes. */
export async function send(
  url: string,
  { method = 'GET', headers, body }: Sending = {},
): Promise<Answer> {
  const request = httpRequest(url, { method, headers, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = (await buffer(response)).toString();
  const isJson = /[/+]json/.test(response.headers['content-type'] ?? '');
  const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.statusCode ?? 0, headers: response.headers, text, json };
}

export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

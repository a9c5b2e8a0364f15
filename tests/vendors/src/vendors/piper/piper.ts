import { encodeSound } from '../../content/encode-sound.js';
import { durationSeconds, espeak, spoiltAudio, spoiltSound } from '../../content/speech.js';
import type { Call, Reply, Trouble, VendorBehaviour, VendorContext } from '../../server/call.js';

const USUAL_VOICES = [
  'en_US-lessac-medium',
  'en_GB-alan-medium',
  'de_DE-thorsten-medium',
  'fr_FR-siwis-medium',
];

const PATHS = { old: ['/'], new: ['/synthesize'], any: ['/', '/synthesize'] };

/**
 * Piper's HTTP server. Source: piper1-gpl's http_server.py and API_HTTP.md: the text is posted to / (up to
 * 1.4) or to /synthesize (later), the reply is a WAV, `GET /voices` maps names to voice configurations. A voice
 * that is not there is no error: the server's own voice speaks. Whatever goes wrong is Flask's 500 page. The
 * older rhasspy server takes the bare text instead of JSON; that is served as well.
 */
export function piper({ options }: VendorContext): VendorBehaviour {
  const voices = options.models ?? USUAL_VOICES;
  const handle = (call: Call) => synthesize(call, voices);
  const paths = PATHS[options.piperRelease ?? 'any'];
  return {
    routes: [
      { method: 'GET', path: '/voices', handle: () => ({ body: voicesReply(voices) }) },
      { method: 'GET', path: '/info', handle: () => ({ body: infoReply(voices[0] ?? '') }) },
      ...paths.map((path) => ({ method: 'POST' as const, path, handle })),
    ],
    headers: () => ({ server: 'Werkzeug/3.1.3 Python/3.12.3' }),
    trouble: piperTrouble,
    notFound: ({ request }) =>
      request.path === '/' && request.method === 'POST'
        ? flaskPage(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.')
        : flaskPage(
            404,
            'Not Found',
            'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
          ),
  };
}

async function synthesize(call: Call, voices: readonly string[]): Promise<Reply> {
  const { json, text: raw, headers } = call.request;
  const isJson = typeof json === 'object' && json !== null;
  if (!isJson && (headers['content-type'] ?? '').includes('json')) return SERVER_ERROR;
  const body = (isJson ? json : { text: raw }) as {
    text?: unknown;
    voice?: string;
    length_scale?: unknown;
  };
  const { text = '', voice: wanted, length_scale: scale = 1 } = body;
  if (typeof text !== 'string' || text.trim() === '' || !Number.isFinite(Number(scale)))
    return SERVER_ERROR;
  const voice = voices.find((one) => one === wanted) ?? voices[0] ?? 'en_US-lessac-medium';
  const speed = Math.min(4, Math.max(0.25, 1 / Number(scale)));
  const sound = await espeak({ text: text.trim(), voice, speed }, voice.slice(0, 2));
  const seconds = Math.round(durationSeconds(sound) * 1000) / 1000;
  call.charge({ model: voice, usage: { seconds }, costUsd: 0 });
  const bytes = await encodeSound(spoiltSound(sound, call.fault), {
    container: 'wav',
    rateHz: sound.rateHz,
  });
  // Flask gives bytes its usual type, although they are a WAV.
  return {
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: spoiltAudio(bytes, call.fault),
  };
}

function voicesReply(voices: readonly string[]): object {
  return Object.fromEntries(voices.map((name) => [name, voiceConfig(name)]));
}

function voiceConfig(name: string): object {
  const [code = 'en_US', dataset, quality] = name.split('-');
  const [family, region] = code.split('_');
  return {
    audio: { sample_rate: 22_050, quality },
    espeak: { voice: code.toLowerCase().replace('_', '-') },
    language: { code, family, region },
    inference: { noise_scale: 0.667, length_scale: 1, noise_w: 0.8 },
    num_speakers: 1,
    speaker_id_map: {},
    dataset,
    piper_version: '1.0.0',
  };
}

function infoReply(name: string): object {
  return {
    voice: { name, language: name.slice(0, 5).toLowerCase().replace('_', '-'), num_speakers: 1 },
    last: null,
  };
}

const SERVER_ERROR = flaskPage(
  500,
  'Internal Server Error',
  'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
);

function flaskPage(status: number, title: string, text: string): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`,
  };
}

function piperTrouble(trouble: Trouble): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return flaskPage(
        401,
        'Unauthorized',
        'The server could not verify that you are authorized to access the URL requested.',
      );
    case 'no-money':
      return flaskPage(402, 'Payment Required', 'Payment Required');
    case 'rate-limit':
      return {
        ...flaskPage(
          429,
          'Too Many Requests',
          'This user has exceeded an allotted request count. Try again later.',
        ),
        ...(trouble.retryAfter === undefined
          ? {}
          : { headers: { 'content-type': 'text/html', 'retry-after': trouble.retryAfter } }),
      };
    case 'model-missing':
      return SERVER_ERROR;
    default:
      return trouble.status === 500
        ? SERVER_ERROR
        : flaskPage(trouble.status, 'Error', 'The service is unavailable.');
  }
}

import { Refusal, type VendorBehaviour, type VendorContext } from '../../server/call.js';
import { detail, elevenLabsTrouble, INVALID_KEY } from './elevenlabs-errors.js';
import { subscriptionOf, VOICES, voiceEntry, modelEntries } from './elevenlabs-lists.js';
import { textToSpeech } from './text-to-speech.js';

/** What the account has left; the made-up plan has 100,000 credits a month. */
export interface Credits {
  limit: number;
  left: number;
}

/**
 * ElevenLabs under /v1. Sources: the vendor's SDK for Python (paths, fields, formats, replies), its help page
 * on error codes 400 and 401, and error bodies as callers have reported them. Out of credits is 401, not 402.
 * It documents no idempotency keys.
 */
export function elevenLabs({ key, options }: VendorContext): VendorBehaviour {
  const limit = 100_000;
  const credits: Credits = { limit, left: options.charactersLeft ?? limit };
  return {
    routes: [
      {
        method: 'GET',
        path: '/v1/voices',
        handle: () => ({ body: { voices: VOICES.map(voiceEntry) } }),
      },
      {
        method: 'GET',
        path: '/v1/voices/{id}',
        handle: ({ params: { id } }) => {
          const voice = VOICES.find(({ voiceId }) => voiceId === id);
          if (voice) return { body: voiceEntry(voice) };
          return detail(400, 'voice_not_found', `A voice with voice_id ${id} was not found.`);
        },
      },
      { method: 'GET', path: '/v1/models', handle: () => ({ body: modelEntries() }) },
      {
        method: 'GET',
        path: '/v1/user/subscription',
        handle: () => ({ body: subscriptionOf(credits) }),
      },
      {
        method: 'GET',
        path: '/v1/user',
        handle: () => ({
          body: { user_id: 'aura', subscription: subscriptionOf(credits), is_new_user: false },
        }),
      },
      {
        method: 'POST',
        path: '/v1/text-to-speech/{voice}/with-timestamps',
        handle: (call) => textToSpeech(call, credits, { withTimes: true }),
      },
      {
        method: 'POST',
        path: '/v1/text-to-speech/{voice}/stream',
        handle: (call) => textToSpeech(call, credits, { withTimes: false }),
      },
      {
        method: 'POST',
        path: '/v1/text-to-speech/{voice}',
        handle: (call) => textToSpeech(call, credits, { withTimes: false }),
      },
    ],
    authorize({ request }) {
      // Only speech and what belongs to an account need a key; the lists of voices and models are public.
      const isPublic = request.method === 'GET' && /^\/v1\/(?:voices|models)/u.test(request.path);
      const given = request.headers['xi-api-key'];
      if (given === key || (isPublic && given === undefined)) return;
      if (given !== undefined) throw new Refusal(INVALID_KEY);
      throw new Refusal(
        detail(
          401,
          'needs_authorization',
          'Neither authorization header nor xi-api-key received, please provide one.',
        ),
      );
    },
    headers: ({ requestId }) => ({
      'request-id': requestId.slice(4, 24),
      'x-trace-id': requestId.slice(4),
      'access-control-allow-origin': '*',
      server: 'uvicorn',
    }),
    trouble: elevenLabsTrouble,
    notFound: () => ({ status: 404, body: { detail: 'Not Found' } }),
  };
}

import type { Account, ErrorReply } from '../account.js';
import { members, namesIn } from '../members.js';
import type { AccountSettings } from './account-settings.js';
import { ownServer } from './own-server.js';

const API_OFF = 'AUTOMATIC1111 answers, and its API is off: start it with --api.';

/**
 * An AUTOMATIC1111 web UI, or a fork of it, of one's own; the key is `user:password`, where it was started with
 * --api-auth. Errors: MissingApiKey:AUTOMATIC1111_URL, INVALID_CONFIG.
 */
export function automatic1111Account({ key, baseUrl }: AccountSettings): Account {
  // One picture is painted at a time there: the next one's time begins when its turn has come.
  return accountOf({ key, baseUrl }, { vendor: 'automatic1111', maxConcurrentCalls: 1 });
}

/** The same server for what must not wait behind a picture: to stop it. */
export function automatic1111Control(settings: AccountSettings): Account {
  return accountOf(settings, { vendor: 'automatic1111-control' });
}

/** The server lists `name.safetensors [hash]`; models are named without the hash too. */
export function isCheckpoint(listed: string, model: string): boolean {
  return listed.replace(/ \[[0-9a-f]+\]$/, '') === model;
}

function accountOf(
  { key, baseUrl }: AccountSettings,
  own: { vendor: string; maxConcurrentCalls?: number },
): Account {
  return ownServer(baseUrl, 'AUTOMATIC1111_URL', {
    ...own,
    key,
    keySetting: 'AUTOMATIC1111_AUTH',
    keyFormat: { pattern: /^[^:]+:.+$/, hint: 'It is a name and a password with a colon between.' },
    authorize: (value) => ({
      headers: { authorization: `Basic ${Buffer.from(value).toString('base64')}` },
    }),
    faultOf: (reply) => (isOff(reply) ? 'INVALID_CONFIG' : undefined),
    wordsOf: (reply) => (isOff(reply) ? API_OFF : undefined),
    missingModel: (model) =>
      `AUTOMATIC1111 has no checkpoint ${model}: put it into models/Stable-diffusion there, or name another in AUTOMATIC1111_CHECKPOINT.`,
    probe: { path: '/sdapi/v1/sd-models', modelsIn: (body) => namesIn(body, 'title') },
  });
}

/** The page is served there, and the API is not. */
function isOff({ status, body }: ErrorReply): boolean {
  return status === 404 && members(body)['detail'] === 'Not Found';
}

import type { FailureCode } from '@aura/failure';
import { createAccount, missingKey, type Account } from '../account.js';
import { members, namesIn } from '../members.js';
import type { AccountSettings } from './account-settings.js';

const BASE_URL = 'https://api.elevenlabs.io';

/** An account at ElevenLabs. Errors: MissingApiKey:ELEVENLABS_API_KEY, INVALID_CONFIG. */
export function elevenLabsAccount({ key, baseUrl = BASE_URL }: AccountSettings): Account {
  if (!key) throw missingKey('ELEVENLABS_API_KEY');
  return createAccount({
    vendor: 'elevenlabs',
    runs: 'remote',
    baseUrl,
    key,
    keySetting: 'ELEVENLABS_API_KEY',
    authorize: (value) => ({ headers: { 'xi-api-key': value } }),
    keyFormat: {
      pattern: /^(?:sk_[\da-f]{48}|[\da-f]{32})$/u,
      hint: 'Keys of ElevenLabs begin with "sk_", followed by 48 digits and small letters.',
    },
    // The least that a plan allows at the same time.
    maxConcurrentCalls: 2,
    faultOf: ({ body }) => FAULTS[statusIn(body)],
    missingModel: (model) => `ElevenLabs has no model ${model}, or the account has no such voice.`,
    probe: {
      path: '/v1/models',
      modelsIn: speakersIn,
      // A key that may speak need not be allowed to list models.
      isTaken: ({ body }) => statusIn(body) === 'missing_permissions',
    },
  });
}

/** Words of `detail.status` whose HTTP status says something else. */
const FAULTS: Readonly<Record<string, FailureCode>> = {
  subscription_required: 'QUOTA_EXCEEDED',
  payment_required: 'QUOTA_EXCEEDED',
  concurrent_limit_exceeded: 'RATE_LIMIT_EXCEEDED',
};

function statusIn(body: unknown): string {
  const { status } = members(members(body)['detail']);
  return typeof status === 'string' ? status : '';
}

/** GET /v1/models: `[{ model_id, can_do_text_to_speech }]`. */
function speakersIn(body: unknown): string[] {
  const list: unknown[] = Array.isArray(body) ? body : [];
  const speakers = list.filter((model) => members(model)['can_do_text_to_speech'] !== false);
  return namesIn(speakers, 'model_id');
}

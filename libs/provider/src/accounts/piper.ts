import type { Account } from '../account.js';
import { members } from '../members.js';
import type { AccountSettings } from './account-settings.js';
import { ownServer } from './own-server.js';

/** Piper's HTTP server; what it lists are voices. Errors: MissingApiKey:PIPER_URL, INVALID_CONFIG. */
export function piperAccount({ baseUrl }: AccountSettings): Account {
  return ownServer(baseUrl, 'PIPER_URL', {
    vendor: 'piper',
    // A server on the same machine computes; more at a time makes none of them ready sooner.
    maxConcurrentCalls: 2,
    // Newer servers show a page at / and speak elsewhere.
    faultOf: ({ status }) => (status === 405 ? 'RESOURCE_NOT_FOUND' : undefined),
    missingModel: (model) =>
      `The Piper server has no voice ${model}: python3 -m piper.download_voices ${model}.`,
    probe: { path: '/voices', modelsIn: (body) => Object.keys(members(body)) },
  });
}

import { freshWorkers, type Database } from '@aura/database';
import { Failure } from '@aura/failure';
import { providerViews } from './provider-view.js';
import { logicalVoices } from '../voices/logical-voices.js';
import type { VoicesAnswer, VoicesQuery } from '../voices/voices-schema.js';
import type { ModelsAnswer, ProvidersAnswer } from './providers-schema.js';

/** What the workers that are alive say of their providers. Nothing here asks a vendor. */
export class Providers {
  constructor(private readonly database: Database) {}

  /** Errors: DatabaseUnavailable. */
  async all(): Promise<ProvidersAnswer> {
    return { providers: providerViews(await freshWorkers(this.database)) };
  }

  /** Errors: ProviderNotFound, DatabaseUnavailable. */
  async models(name: string): Promise<ModelsAnswer> {
    const { providers } = await this.all();
    const found = providers.filter((provider) => provider.name === name);
    if (found.length === 0) {
      throw new Failure('ProviderNotFound', 'No worker knows a provider of this name.');
    }
    return { provider: name, models: [...new Set(found.flatMap(({ models }) => models))] };
  }

  /** Errors: DatabaseUnavailable. */
  async voices(query: VoicesQuery): Promise<VoicesAnswer> {
    return { voices: logicalVoices(await freshWorkers(this.database), query) };
  }
}

import { QUEUES, USUAL_MS_PER_CHARACTER } from '@aura/proto';
import { record } from './activities.js';
import { unitOptions } from './options.js';
import { failingAs, type Production } from './production.js';

/** What is spoken in that time, and three times as much to choose from. */
const CHARACTERS_PER_MS = 3 / USUAL_MS_PER_CHARACTER;
const LEAST_CHARACTERS = 6_000;
const MOST_CHARACTERS = 40_000;

/** What of the job's documents the film is told from. Nothing happens where there are none. */
export async function searchDocuments(production: Production): Promise<void> {
  const { job, brief, plan, documents = [] } = production.order;
  if (documents.length === 0) return;
  const options = unitOptions('searchDocuments', QUEUES.record, {
    limits: production.plan.limits,
    summary: 'What do the documents say?',
  });
  const wanted = Math.round(plan.targetDurationMs * CHARACTERS_PER_MS);
  const characters = Math.min(MOST_CHARACTERS, Math.max(LEAST_CHARACTERS, wanted));
  const { text: query, language } = brief;
  const { passages, warnings } = await failingAs(
    { unit: 'searchDocuments', sceneId: '', ...job },
    () =>
      record.searchDocuments.executeWithOptions(options, [
        { job, documents, query, language, characters },
      ]),
  );
  production.chronicle.warn(...warnings);
  production.passages = { passages };
}

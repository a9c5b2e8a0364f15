import type { Client } from '@temporalio/client';
import type { Database } from '@aura/database';
import type { RecordActivities } from '@aura/proto';
import type { CallJournal } from '@aura/provider';
import type { ArtifactStore } from '@aura/storage';
import { advance } from './advance.js';
import { ask, decide } from './approvals.js';
import { begin } from './begin.js';
import { searchDocuments } from './documents/search-documents.js';
import { finish } from './finish.js';
import { keepLog } from './keep-log.js';
import { preflight } from './preflight/preflight.js';
import { publishWorker } from './publish-worker.js';

export interface RecordDependencies {
  database: Database;
  /** Asked whether a film is truly there before its job succeeds, and cleared up after the job. */
  store: ArtifactStore;
  /** What the calls of a job have cost is read from it when the job ends. */
  journal: CallJournal;
  temporal: Client;
  settings: RecordSettings;
  /** How long preflight waits for what may only be missing for a moment, in ms. */
  patienceMs?: number;
}

/** The part of the settings that this stage fixes for each job. */
export interface RecordSettings {
  AURA_HEARTBEAT_TIMEOUT_MS: number;
  AURA_LANES: number;
  AURA_SCRIPT_CHAIN?: string;
  AURA_VOICE_CHAIN?: string;
  AURA_VISUALS_CHAIN?: string;
  AURA_STAGE_TIMEOUTS?: string | undefined;
  AURA_JOB_BUDGET_USD?: number | undefined;
  AURA_DAY_BUDGET_USD?: number | undefined;
}

/** The record stage: the only writer of job progress. Every call may be repeated. */
export function createRecordActivities(dependencies: RecordDependencies): RecordActivities {
  return {
    preflight: (request) => preflight(dependencies, request),
    searchDocuments: (request) => searchDocuments(dependencies, request),
    begin: (request) => begin(dependencies, request),
    advance: (request) => advance(dependencies, request),
    ask: (request) => ask(dependencies, request),
    decide: (request) => decide(dependencies, request),
    finish: (request) => finish(dependencies, request),
    publishWorker: (report) => publishWorker(dependencies, report),
    keepLog: (batch) => keepLog(dependencies, batch),
    releaseScratch: async ({ job }) => ({
      removed: await dependencies.store.releaseScratch(job.videoId),
    }),
  };
}

export { Prisma } from './generated/client.js';
export type {
  ApiKey,
  Artifact,
  Asset,
  AuditEntry,
  Job,
  JobEvent,
  Outbox,
  Step,
} from './generated/client.js';
export * from './create-database.js';
export * from './slow-queries.js';
export * from './transact.js';
export * from './idempotency.js';
export * from './job-states.js';
export * from './fold-events.js';
export * from './lock-job.js';
export * from './append-events.js';
export * from './assets.js';
export * from './beginnings.js';
export * from './create-job.js';
export * from './request-cancel.js';
export * from './request-pause.js';
export * from './keep-approved.js';
export * from './request-edit.js';
export * from './request-retry.js';
export * from './outbox.js';
export * from './fresh-workers.js';
export * from './reserve-allowance.js';
export * from './rates.js';
export * from './remaining-ms.js';
export * from './safe-text.js';
export * from './search-words.js';

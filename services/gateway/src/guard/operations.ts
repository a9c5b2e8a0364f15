import type { Role, Scope } from './principal.js';

/** Who may do something: everybody, or who has at least this role and, where his key is limited, this scope. */
export type Rule = 'everybody' | { role: Role; scope: Scope };

type Area = 'jobs' | 'assets' | 'catalog' | 'admin';

/**
 * Who may do what, by operationId. A route that has no row here is for nobody but owners, and fails a test.
 * docs/authorisation.md shows it.
 */
export const OPERATIONS: Readonly<Record<string, Rule>> = {
  ...all('everybody', 'health', 'ready', 'ping'),
  // Its address is its own key.
  ...all('everybody', 'sharedFile'),

  ...all(reads('jobs'), 'jobs', 'job', 'jobEvents', 'jobProgress'),
  ...all(reads('jobs'), 'jobLogs', 'jobApproval', 'errors'),
  ...all(reads('jobs'), 'jobArtifacts', 'jobArtifact', 'jobLabelledArtifact'),
  ...all(reads('jobs'), 'videoStatus', 'videoMetadata', 'streamVideo', 'previewVideo'),
  ...all(reads('jobs'), 'headDownload', 'download', 'downloadArtifact', 'downloadLabelled'),
  // Nothing is stored, and nobody is asked.
  ...all(reads('jobs'), 'estimateVideo'),
  ...all(writes('jobs'), 'createJob', 'cancelJob', 'retryJob', 'deleteJob'),
  ...all(writes('jobs'), 'editJob', 'pauseJob', 'resumeJob', 'approveJob', 'rejectJob'),
  // Who gives others a file does more than read it.
  ...all(writes('jobs'), 'shareJobFile'),
  ...all(writes('jobs'), 'generateVideo', 'cancelVideo', 'rebuildVideo'),

  ...all(reads('assets'), 'assets', 'asset', 'assetContent', 'assetStats'),
  ...all(writes('assets'), 'uploadAsset', 'deleteAsset'),

  ...all(reads('catalog'), 'providers', 'providerModels', 'voices', 'prompts'),
  ...all(writes('catalog'), 'validateProvider'),

  ...all(administers('read'), 'keys', 'jobDiagnostics', 'systemCheck', 'audit'),
  ...all(administers('write'), 'createKey', 'revokeKey'),
};

function all(rule: Rule, ...operations: string[]): Record<string, Rule> {
  return Object.fromEntries(operations.map((operation) => [operation, rule]));
}

function reads(area: Exclude<Area, 'admin'>): Rule {
  return { role: 'read-only', scope: `${area}:read` };
}

function writes(area: Exclude<Area, 'admin'>): Rule {
  return { role: 'member', scope: `${area}:write` };
}

function administers(how: 'read' | 'write'): Rule {
  return { role: 'admin', scope: `admin:${how}` };
}

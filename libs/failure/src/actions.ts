import { CODES, entryOf, keyOf, type CodeKey } from './codes.js';

/**
 * What a client can offer to somebody who meets a failure, by names that never change their meaning. `title` is a text for
 * a button; `operation` is the operationId that does it, where it is one of this API; the rest happens in the client or
 * at the machine. `for` says where it makes sense: at a refused request, at a job that has failed, or both.
 */
export const ACTIONS = {
  editRequest: { title: 'Change the request', for: 'both' },
  repeatRequest: { title: 'Send it again', for: 'request' },
  signIn: { title: 'Give another key', for: 'request' },
  retryStep: { title: 'Try again from this step', for: 'job', operation: 'retryJob' },
  openSettings: { title: 'Open the settings', for: 'both' },
  openProviders: { title: 'See the providers', for: 'both', operation: 'providers' },
  openFiles: { title: 'See the uploaded files', for: 'both', operation: 'assets' },
  raiseBudget: { title: 'Raise the budget', for: 'both' },
  runSystemCheck: { title: 'Run the system check', for: 'both', operation: 'systemCheck' },
  installFfmpeg: { title: 'Install FFmpeg', for: 'both' },
  installVoice: { title: 'Install a voice', for: 'both' },
  freeDiskSpace: { title: 'Free disk space', for: 'both' },
  startWorker: { title: 'Start a worker', for: 'both' },
  openLogs: { title: 'Read the log', for: 'job', operation: 'jobLogs' },
  getDiagnostics: { title: 'Get the diagnostics', for: 'job', operation: 'jobDiagnostics' },
} as const satisfies Record<string, Action>;

interface Action {
  title: string;
  for: 'request' | 'job' | 'both';
  operation?: string;
}

export type ActionName = keyof typeof ACTIONS;

/** As clients get it. */
export interface OfferedAction {
  name: ActionName;
  title: string;
  operation: string | null;
}

/** Those of codes for which their kind alone (see `byKind`) says too little. */
const ACTIONS_OF: Partial<Record<CodeKey, readonly ActionName[]>> = {
  FilmQuotaExceeded: ['openSettings', 'repeatRequest'],
  UploadQuotaExceeded: ['openFiles', 'openSettings'],
  AssetNotFound: ['openFiles'],
  AssetInUse: ['repeatRequest'],
  ProviderNotFound: ['openProviders'],
  InvalidApiKey: ['openSettings'],
  Unauthorized: ['signIn'],
  HostNotAllowed: ['openSettings'],
  OriginNotAllowed: ['openSettings'],
  TooManyStreams: ['repeatRequest', 'openSettings'],
  Canceled: ['retryStep'],
  ApprovalRejected: ['retryStep', 'editRequest'],
  ApprovalExpired: ['retryStep', 'editRequest'],
  ArtifactGone: ['editRequest'],
  'MissingApiKey:': ['openSettings', 'openProviders'],
  'VoiceUnavailable:': ['editRequest', 'installVoice', 'openProviders'],
  VoiceFailed: ['retryStep', 'runSystemCheck', 'installVoice'],
  NarrationTooLong: ['editRequest'],
  PictureInvalid: ['editRequest', 'retryStep'],
  AUTH_FAILED: ['openSettings', 'retryStep'],
  PERMISSION_DENIED: ['openSettings', 'retryStep'],
  QUOTA_EXCEEDED: ['openProviders', 'retryStep'],
  RESOURCE_NOT_FOUND: ['openSettings', 'openProviders'],
  INVALID_CONFIG: ['openSettings', 'openProviders'],
  CONTENT_REFUSED: ['editRequest'],
  CIRCUIT_OPEN: ['openProviders', 'repeatRequest', 'retryStep'],
  BUDGET_EXCEEDED: ['raiseBudget', 'editRequest'],
  FFmpegNotFound: ['installFfmpeg', 'openSettings', 'runSystemCheck', 'retryStep'],
  OutOfDiskSpace: ['freeDiskSpace', 'runSystemCheck', 'retryStep'],
  OutputDirectoryNotWritable: ['openSettings', 'runSystemCheck', 'retryStep'],
  RequiresNvidiaGPU: ['editRequest', 'startWorker', 'runSystemCheck'],
  'EncoderMissing:': ['editRequest', 'installFfmpeg', 'runSystemCheck'],
  'UnsupportedOS:': ['runSystemCheck'],
  'ProviderUnavailable:': ['openProviders', 'openSettings', 'runSystemCheck', 'retryStep'],
  'NoWorker:': ['startWorker', 'runSystemCheck', 'retryStep'],
};

/** What can be offered at a failure with this code. Pure. */
export function actionsOf(code: string, where: 'request' | 'job'): OfferedAction[] {
  const names = ACTIONS_OF[keyOf(code)] ?? byKind(code);
  return names.flatMap((name) => {
    const action: Action = ACTIONS[name];
    if (action.for !== 'both' && action.for !== where) return [];
    return [{ name, title: action.title, operation: action.operation ?? null }];
  });
}

function byKind(code: string): readonly ActionName[] {
  const { fault, status, retryable } = entryOf(code);
  if (fault === 'caller') return [400, 409, 413, 415, 422].includes(status) ? ['editRequest'] : [];
  const again = retryable ? (['repeatRequest'] as const) : [];
  if (fault === 'provider') return ['retryStep', 'openProviders', ...again];
  if (fault === 'machine') return [...again, 'retryStep', 'runSystemCheck'];
  return [...again, 'retryStep', 'openLogs', 'getDiagnostics'];
}

/** The codes of the table, each with what is offered at a job or a request that meets it. For pages of the docs. */
export function actionsByCode(): Map<CodeKey, ActionName[]> {
  const codes = Object.keys(CODES) as CodeKey[];
  return new Map(
    codes.map((code) => {
      const example = code.endsWith(':') ? `${code}x` : code;
      const offered = [...actionsOf(example, 'job'), ...actionsOf(example, 'request')];
      return [code, [...new Set(offered.map(({ name }) => name))]];
    }),
  );
}

/**
 * The one table of failures. A code is public and never changes its meaning. A code that ends in ":"
 * is followed by what it is about (`StepTimeout:narration`). `status` is the HTTP status where the
 * failure meets a request; `retryable` says whether the same work may succeed when tried again.
 * docs/errors.md is generated from here.
 */
export interface CodeEntry {
  title: string;
  fault: 'caller' | 'provider' | 'machine' | 'aura';
  status: number;
  retryable: boolean;
  cause: string;
  remediation: string;
}

export const CODES = {
  // The request
  'InvalidInput:': caller(
    400,
    'Invalid input',
    'A field of the request is missing, has the wrong type or lies outside its limits.',
    'Correct the named field and send the request again.',
  ),
  MalformedJson: caller(
    400,
    'Invalid input',
    'The body is not JSON, or is nested too deeply.',
    'Send one JSON object of at most 20 levels.',
  ),
  PayloadTooLarge: caller(
    413,
    'Invalid input',
    'The body, or the file in it, is larger than the limit.',
    'Send less: a shorter text, a smaller file. The limits are AURA_BODY_LIMIT_KB and AURA_UPLOAD_LIMIT_MB.',
  ),
  FilmQuotaExceeded: caller(
    409,
    'No room left',
    'The films of this tenant, with their other files, take as much room together as they may.',
    'Wait until older films expire (AURA_KEEP_FILMS_DAYS, AURA_KEEP_JOBS_DAYS), or raise AURA_FILM_QUOTA_MB.',
  ),
  UploadQuotaExceeded: caller(
    413,
    'No room left',
    'The files that were uploaded take as much room together as they may.',
    'Delete files that are no longer needed (DELETE /api/assets/{id}), or raise AURA_UPLOAD_QUOTA_MB.',
  ),
  UnsupportedMediaType: caller(
    415,
    'Invalid input',
    'The body is not application/json.',
    'Send Content-Type: application/json.',
  ),
  NotAcceptable: caller(
    406,
    'Invalid input',
    'The representation that was asked for does not exist.',
    'Accept application/json, or text/event-stream for streams.',
  ),
  RouteNotFound: caller(
    404,
    'Not found',
    'There is no such route.',
    'See /docs for the routes of this server.',
  ),
  MethodNotAllowed: caller(
    405,
    'Invalid input',
    'The route does not know this method.',
    'See the Allow header.',
  ),
  JobNotFound: caller(
    404,
    'Not found',
    'There is no job with this id.',
    'Check the id that the 202 answer gave.',
  ),
  JobNotFinished: caller(
    409,
    'Operation failed',
    'The job has not succeeded (yet), so there is no film to give.',
    'Wait for the done event, or read the status for the reason of the failure.',
  ),
  JobAlreadyCanceled: caller(
    409,
    'Operation failed',
    'The job is being canceled or was canceled before.',
    'Nothing is left to do.',
  ),
  JobAlreadyFinished: caller(
    409,
    'Operation failed',
    'The job had ended before the cancel arrived.',
    'Nothing is left to cancel.',
  ),
  JobNotPausable: caller(
    409,
    'Operation failed',
    'Only a job that waits for its turn or is in work can be paused.',
    'Nothing is to be done of a job that has ended; one that waits for an approval waits already.',
  ),
  JobNotPaused: caller(
    409,
    'Operation failed',
    'Only a job that is paused can go on.',
    'See the state of the job; one that has failed or was canceled can be tried again (POST /api/jobs/{id}/retry).',
  ),
  JobNotAwaitingApproval: caller(
    409,
    'Operation failed',
    'The job waits for no approval, or for another one than was answered.',
    'See the state of the job, and GET /api/jobs/{id}/approval for what it waits for.',
  ),
  JobNotRetryable: caller(
    409,
    'Operation failed',
    'Only a job that has failed or was canceled can be tried again.',
    'Wait for the end of a job that is in work; for another film of a job that has succeeded send POST /api/jobs with fromJob.',
  ),
  JobNotEditable: caller(
    409,
    'Operation failed',
    'The job has no film that could be edited, or has gone on meanwhile.',
    'Edit a job that has succeeded once; a film of your own timeline is changed by POST /api/jobs with fromJob and the timeline.',
  ),
  ProviderNotFound: caller(
    404,
    'Not found',
    'No worker knows a provider of this name.',
    'See /api/providers for those that there are.',
  ),
  InvalidApiKey: caller(
    400,
    'Invalid API key',
    'A provider refused the key that was sent to be tried.',
    'Check the key in the provider’s console and send it anew.',
  ),
  ArtifactMissing: caller(
    404,
    'Not found',
    'The job has no such file.',
    'See the metadata for the files of the job.',
  ),
  ArtifactGone: caller(
    410,
    'Not found',
    'The file was there and has been cleaned up.',
    'Make the video again from the same brief.',
  ),
  RangeNotSatisfiable: caller(
    416,
    'Invalid input',
    'The range lies outside the file.',
    'Ask for a range below the size in Content-Range.',
  ),
  AssetNotFound: caller(
    404,
    'Not found',
    'There is no uploaded file with this id, or it has been deleted or has expired.',
    'See GET /api/assets for the files that there are, or upload it again.',
  ),
  AssetInUse: caller(
    409,
    'Operation failed',
    'A job that has not ended is made with this file.',
    'Wait for the end of the job, or cancel it.',
  ),
  AssetRefused: caller(
    415,
    'Invalid input',
    'The file is none of the kinds that can be uploaded, whatever its name says.',
    'Upload PDF, plain text, Markdown, HTML, PNG, JPEG, WebP, MP4, MOV, WebM, MP3, M4A, WAV, Ogg or FLAC.',
  ),
  AssetInvalid: caller(
    422,
    'Invalid input',
    'The file is empty, damaged or too large for its kind.',
    'Do what the message says and upload it again.',
  ),
  IdempotencyKeyReused: caller(
    422,
    'Invalid input',
    'The same Idempotency-Key came with another body.',
    'Use a new key for a new request.',
  ),
  IdempotencyKeyInUse: {
    ...caller(
      409,
      'Operation failed',
      'A request with the same Idempotency-Key is still being answered.',
      'Send it again in a moment: it then gets the same answer.',
    ),
    retryable: true,
  },
  JobChanged: caller(
    412,
    'Operation failed',
    'The job is no longer what it was when the ETag in If-Match was read.',
    'Read the job again; send the request with its new ETag if it is still wanted.',
  ),
  HostNotAllowed: caller(
    403,
    'Access denied',
    'Without API keys only loopback names are served.',
    'Call the server as 127.0.0.1 or localhost.',
  ),
  OriginNotAllowed: caller(
    403,
    'Access denied',
    'Without API keys pages of other sites may not call this server.',
    'Call from a page that this server serves, or from a program.',
  ),
  Unauthorized: caller(
    401,
    'Access denied',
    'The API key is missing, wrong, expired or revoked.',
    'Send Authorization: Bearer with a key of this server: npm run keys or POST /api/keys makes one, AURA_API_KEY may hold one.',
  ),
  NotAllowed: caller(
    403,
    'Access denied',
    'The role or the scopes of the key do not include this operation.',
    'Use a key with the role or scope that the message names; an admin of the tenant makes one with POST /api/keys.',
  ),
  KeyNotFound: caller(
    404,
    'Not found',
    'There is no API key with this id.',
    'See GET /api/keys for the keys of this tenant.',
  ),
  LinkInvalid: caller(
    403,
    'Access denied',
    'The address is no link of this server, or was changed.',
    'Ask for the link again, and copy it whole.',
  ),
  LinkExpired: caller(
    410,
    'Not found',
    'The time of the link is over.',
    'Ask for a new one; POST /api/jobs/{id}/share makes it.',
  ),
  TooManyRequests: {
    ...caller(
      429,
      'Operation failed',
      'A key, or an address, sends more requests than it may.',
      'Wait as long as Retry-After says. The limits are AURA_RATE_LIMIT and AURA_ADDRESS_RATE_LIMIT.',
    ),
    retryable: true,
  },
  TooManyStreams: {
    ...caller(
      503,
      'Operation failed',
      'This server has as many open streams as it serves.',
      'Close streams that nobody watches, or read the status instead, and try again later.',
    ),
    fault: 'machine',
    retryable: true,
  },
  ApprovalRejected: caller(
    409,
    'Canceled',
    'The job was canceled because what it had made so far, or wanted to spend, was rejected.',
    'Try the job again (POST /api/jobs/{id}/retry), or make another one that says what is wanted.',
  ),
  ApprovalExpired: caller(
    409,
    'Canceled',
    'The job was canceled because nobody approved within the time that was set.',
    'Try the job again (POST /api/jobs/{id}/retry) and answer in time, or set a later deadlineMinutes.',
  ),
  Canceled: caller(
    409,
    'Canceled',
    'The job was canceled at the user’s request.',
    'Try the job again (POST /api/jobs/{id}/retry) if the film is wanted after all.',
  ),

  // Providers
  'MissingApiKey:': provider(
    false,
    'A provider was asked for whose key is not set.',
    'Set the named variable, or leave the provider on automatic.',
  ),
  TransientNetworkFailure: provider(
    true,
    'The network failed between Aura and a provider.',
    'Nothing: it is tried again.',
  ),
  'VoiceUnavailable:': provider(
    false,
    'No configured voice speaks this language.',
    'Choose another language, or configure a voice provider that speaks it.',
  ),
  VoiceFailed: provider(
    true,
    'The voice program ended with an error.',
    'See the details; check that flite and espeak-ng are installed.',
  ),
  NarrationInvalid: provider(
    true,
    'The narration is silent, clipped, truncated or far from the length of its text.',
    'Nothing: it is spoken again, then by the next voice.',
  ),
  NarrationTooLong: caller(
    422,
    'Invalid input',
    'A piece of narration takes longer to speak than its place in the timeline lasts.',
    'Give it more frames, shorten its text, or let it be spoken faster (options.delivery.speed).',
  ),
  ScriptInvalid: provider(
    true,
    'What was written is no script of the film: not readable, of another length or language, or without scenes.',
    'Choose another model or provider for the script (options.providers.script), or ask once more with a new job; where rules wrote it, give them a longer brief.',
  ),
  PictureInvalid: provider(
    true,
    'The picture is missing, too small or cannot be decoded.',
    'Give another picture. Where the choice is left to Aura the next provider draws it.',
  ),
  AUTH_FAILED: provider(
    false,
    'A provider did not take its key.',
    'Check the key in the provider’s console and set it anew; its calls are left out of this job.',
  ),
  PERMISSION_DENIED: provider(
    false,
    'A provider took the key, and does not allow it this kind of work.',
    'Give the key the permission in the provider’s console, or verify the organization there; other stages go on with it.',
  ),
  QUOTA_EXCEEDED: provider(
    false,
    'The account at a provider has no money or no quota left.',
    'Top up the account or raise its limit; its calls are left out of this job.',
  ),
  RATE_LIMIT_EXCEEDED: provider(
    true,
    'A provider got more calls than it takes in a time.',
    'Nothing: it is tried again after the time that the provider names, unless that is above a minute.',
  ),
  API_ERROR: provider(
    true,
    'A provider failed, or answered something that cannot be read.',
    'It was tried again, and where the choice is left to Aura by the next provider. See the provider’s status page if it lasts.',
  ),
  NETWORK_TIMEOUT: provider(
    true,
    'A provider did not answer within its time limit.',
    'Raise AURA_PROVIDER_TIMEOUTS for it if it is merely slow, for example while it loads a model.',
  ),
  RESOURCE_NOT_FOUND: provider(
    false,
    'A provider does not have the model or voice that was asked for.',
    'Do what the message says, or choose a model from GET /api/providers/{name}/models.',
  ),
  INVALID_CONFIG: provider(
    false,
    'A provider is set up wrongly, or refuses the request as it was made.',
    'Check its address, its model and the options that the message names.',
  ),
  CONTENT_REFUSED: provider(
    false,
    'A provider refused the content for its own rules.',
    'Word the brief or the scene differently; the next provider may take it.',
  ),
  CIRCUIT_OPEN: {
    ...provider(
      false,
      'A provider failed several times in a row and is left alone for a minute.',
      'Leave the choice to Aura, and the next provider does the work; or ask again in a minute, when this one is tried again.',
    ),
    status: 503,
  },
  BUDGET_EXCEEDED: provider(
    false,
    'A call to a provider could cost more than the budget has left.',
    'Raise the budget; or name no provider and use-free, and those that cost nothing do the work.',
  ),

  // The machine
  FFmpegNotFound: machine(
    'FFmpeg or ffprobe is not installed or cannot be run.',
    'Install ffmpeg, or set FFMPEG_PATH and FFPROBE_PATH.',
  ),
  'FFmpegFailedExitCode:': {
    ...machine(
      'FFmpeg ended with an error.',
      'See the details for the end of its output; it is tried again.',
    ),
    retryable: true,
  },
  OutOfDiskSpace: machine(
    'The disk is full.',
    'Free space on the disk that holds AURA_HOME, then start the job again.',
  ),
  OutputDirectoryNotWritable: machine(
    'The artifact folder cannot be written.',
    'Make AURA_HOME writable for the user who runs Aura.',
  ),
  ArtifactStoreUnavailable: {
    ...machine(
      'The artifact store does not answer, or refuses what Aura asks of it.',
      'It is tried again. If that does not help, check AURA_STORE_URL, AURA_STORE_ENDPOINT and the network.',
    ),
    status: 503,
    retryable: true,
  },
  RequiresNvidiaGPU: machine(
    'The job asks for an NVIDIA GPU and none is usable.',
    'Choose automatic hardware, or start a worker on a machine with a GPU.',
  ),
  'EncoderMissing:': machine(
    'No worker has an FFmpeg with the encoder that the film is asked for with.',
    'Ask for another codec, or install an FFmpeg that has it on a compose worker.',
  ),
  'UnsupportedOS:': machine(
    'This operating system is not supported.',
    'Run Aura on Linux or macOS, or in a container.',
  ),
  InsufficientMemory: machine(
    'Too little memory is free to render.',
    'Close other programs, or lower AURA_COMPOSE_SLOTS.',
  ),
  'ProviderUnavailable:': machine(
    'No provider of the named stage can be used.',
    'See /api/providers for what each of them lacks.',
  ),
  'NoWorker:': machine(
    'No worker serves the named queue.',
    'Start a worker with this stage in AURA_STAGES.',
  ),
  WorkerCrashed: machine(
    'Three workers died while doing the same piece of work.',
    'See the worker’s log for memory or driver faults; then try the job again (POST /api/jobs/{id}/retry).',
  ),
  UnitBusy: {
    ...machine(
      'Another worker was still doing the same piece of work.',
      'Nothing: it is tried again.',
    ),
    retryable: true,
  },
  'StepTimeout:': {
    ...provider(
      false,
      'A step took longer than its limit.',
      'See what the step waited for; a smaller film takes less time.',
    ),
    title: 'Operation timed out',
    status: 504,
  },
  DatabaseUnavailable: {
    ...machine(
      'PostgreSQL does not answer.',
      'Nothing is lost: send the request again with the same Idempotency-Key.',
    ),
    status: 503,
    retryable: true,
  },
  TemporalUnavailable: {
    ...machine(
      'Temporal does not answer, or has not finished what it was asked for.',
      'Nothing is lost: send the request again in a moment.',
    ),
    status: 503,
    retryable: true,
  },
  ShuttingDown: {
    ...machine('The server is stopping.', 'Send the request again.'),
    status: 503,
    retryable: true,
  },

  // Aura
  'FilmInvalid:': {
    ...aura(
      'The finished film failed a check (short, black, frozen, silent, undecodable, loudness) and was not published.',
      'Report the correlation id; the named check says what was wrong.',
    ),
    retryable: true,
  },
  BlobCorrupt: aura(
    'A stored file does not have the content that its name says.',
    'Check the disk; the file is made again.',
  ),
  WorkflowTerminated: aura(
    'The workflow was ended from outside.',
    'Try the job again (POST /api/jobs/{id}/retry).',
  ),
  InternalError: aura(
    'Something that must not happen has happened.',
    'Report the correlation id; the server’s log has the details.',
  ),
} as const satisfies Record<string, CodeEntry>;

export type CodeKey = keyof typeof CODES;
type Plain<K extends string> = K extends `${string}:` ? never : K;
type Prefixed<K extends string> = K extends `${string}:` ? `${K}${string}` : never;
/** A public failure code, for example `JobNotFound` or `InvalidInput:brief`. */
export type FailureCode = Plain<CodeKey> | Prefixed<CodeKey>;

/** The table's row for a code; a code that is not in the table is an `InternalError`. */
export function entryOf(code: string): CodeEntry {
  return isFailureCode(code) ? CODES[keyOf(code)] : CODES.InternalError;
}

/** Whether the table has it: codes also arrive as text, from workers and from histories. */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(CODES, keyOf(code)) && !code.endsWith(':');
}

/** Which row of the table a code belongs to: `InvalidInput:brief` to `InvalidInput:`. */
export function keyOf(code: string): CodeKey {
  return (code.includes(':') ? code.slice(0, code.indexOf(':') + 1) : code) as CodeKey;
}

function caller(status: number, title: string, cause: string, remediation: string): CodeEntry {
  return { title, fault: 'caller', status, retryable: false, cause, remediation };
}

function provider(retryable: boolean, cause: string, remediation: string): CodeEntry {
  return {
    title: 'Operation failed',
    fault: 'provider',
    status: 502,
    retryable,
    cause,
    remediation,
  };
}

function machine(cause: string, remediation: string): CodeEntry {
  return {
    title: 'Operation failed',
    fault: 'machine',
    status: 500,
    retryable: false,
    cause,
    remediation,
  };
}

function aura(cause: string, remediation: string): CodeEntry {
  return {
    title: 'Operation failed',
    fault: 'aura',
    status: 500,
    retryable: false,
    cause,
    remediation,
  };
}

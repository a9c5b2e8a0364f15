import { z } from 'zod';

/**
 * Every setting of Aura: its type, its unit, its default and one line of why. `.env.example` is generated
 * from this table, and a test holds the two together. All defaults work offline and without any account.
 * A wrong value is answered with what it must be.
 */
const port = whole(1, 65_535);
const chain = z
  .string()
  .regex(
    /^([a-z0-9-]+( *, *(?=.)|$))*$/,
    'must be names of providers, separated by commas, such as ollama,rule-based',
  )
  .default('');
const optionalText = z.string().min(1).optional();
const address = z.url({
  protocol: /^https?$/,
  error: 'must be an address such as http://127.0.0.1:8080',
});

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://');

const hostOrAddress = z.string().refine((value) => {
  const full = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.username + url.password + url.search + url.hash === '';
}, 'must be host:port, or an address such as http://127.0.0.1:11434');

export const SETTINGS = {
  AURA_HOME: setting(
    z.string().min(1).default('.aura'),
    'Folder of all data: films, database, Temporal, logs. Relative to the checkout.',
  ),
  AURA_HOST: setting(
    z.string().min(1).default('127.0.0.1'),
    'Address that the gateway binds. Anything but loopback needs AURA_API_KEY or AURA_ACCESS=keys.',
  ),
  AURA_PORT: setting(port.default(5005), 'Port of the gateway.'),
  AURA_API_KEY: setting(
    z.string().min(22, 'must have at least 22 characters').optional(),
    'Key that clients send as "Authorization: Bearer …". At least 22 characters. Without it only loopback is served.',
    { secret: true },
  ),
  AURA_ACCESS: setting(
    oneOf(['loopback', 'keys']).default('loopback'),
    'loopback: programs and pages of this machine need no key, unless AURA_API_KEY is set. keys: every call needs one, see `npm run keys`.',
  ),
  AURA_RATE_LIMIT: setting(
    whole(0).default(1_200),
    'Requests a minute that one key may send to one gateway. 0 for no limit. Who needs no key has none.',
  ),
  AURA_ADDRESS_RATE_LIMIT: setting(
    whole(0).default(3_000),
    'Requests a minute from one address where keys are needed; a wrong key counts as 20. 0 for no limit, for example behind a proxy that limits.',
  ),
  AURA_MAX_STREAMS_PER_KEY: setting(
    whole(1).default(100),
    'Open event streams of one key at one gateway.',
  ),
  AURA_TENANT: setting(
    z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 small letters, digits or dashes')
      .default('local'),
    'Tenant of whoever calls with AURA_API_KEY, or from this machine where no key is needed.',
  ),
  AURA_STORE_URL: setting(
    z
      .string()
      .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w./-]*)?$/, 'must be s3://bucket/prefix')
      .optional(),
    'Where artifacts are kept, s3://bucket/prefix, for more than one machine. In AURA_HOME unless set. Keys come from where the AWS SDK finds them.',
  ),
  AURA_STORE_ENDPOINT: setting(
    address.optional(),
    'Address of an S3 server that is not that of AWS, such as http://127.0.0.1:8333.',
  ),
  AURA_STORE_REGION: setting(z.string().min(1).default('us-east-1'), 'Region of the bucket.'),
  AURA_STORE_CACHE_MB: setting(
    whole(0).default(10_240),
    'How much of what lies in a bucket is kept beside each worker once nobody has used it for an hour, in MiB.',
  ),
  AURA_DOWNLOADS: setting(
    oneOf(['gateway', 'redirect']).default('gateway'),
    'Who sends films that lie in a bucket: the gateway, or the bucket itself, by a signed address that clients are sent to.',
  ),
  AURA_CDN_URL: setting(
    address.optional(),
    'A CDN in front of the store (the bucket with its prefix, or AURA_HOME/artifacts): clients are sent there for films. Whoever has an address of it can read that file.',
  ),
  AURA_PRESET: setting(
    z.enum(['default', 'debug', 'quick-demo']).default('default'),
    'What requests that name no preset are filled in with: default, debug (small, untouched scripts) or quick-demo (small, offline).',
  ),
  AURA_STAGES: setting(
    z.string().default('workflows,record,script,voice,visuals,compose-cpu'),
    'Queues that a worker serves, by stage: workflows, record, script, voice, visuals, compose-cpu, compose-gpu.',
  ),

  DATABASE_URL: setting(
    postgresUrl.optional(),
    'An existing PostgreSQL. Without it `npm start` brings its own.',
    { secret: true },
  ),
  AURA_REQUESTS_DATABASE_URL: setting(
    postgresUrl.optional(),
    'The same database by a user who may take on the role aura_gateway and nothing else: requests are answered by it. By DATABASE_URL, which takes on that role, unless set.',
    { secret: true },
  ),
  AURA_POSTGRES_PORT: setting(
    port.default(5433),
    'Port of the PostgreSQL that `npm start` brings.',
  ),
  TEMPORAL_ADDRESS: setting(
    z
      .string()
      .regex(/^[^\s/]+:\d+$/, 'must be host:port')
      .optional(),
    'host:port of an existing Temporal server. Without it `npm start` brings its own.',
  ),
  TEMPORAL_NAMESPACE: setting(
    z.string().min(1).default('aura'),
    'Temporal namespace of all workflows.',
  ),
  AURA_TEMPORAL_PORT: setting(
    port.default(7233),
    'Port of the Temporal server that `npm start` brings.',
  ),
  AURA_TEMPORAL_UI_PORT: setting(port.default(8233), 'Port of its Web UI.'),

  FFMPEG_PATH: setting(z.string().min(1).default('ffmpeg'), 'FFmpeg, a name on PATH or a path.'),
  FFPROBE_PATH: setting(z.string().min(1).default('ffprobe'), 'ffprobe, a name on PATH or a path.'),
  FLITE_PATH: setting(z.string().min(1).default('flite'), 'flite, the local English voice.'),
  ESPEAK_PATH: setting(
    z.string().min(1).default('espeak-ng'),
    'espeak-ng, the local voice of all other languages.',
  ),
  FESTIVAL_PATH: setting(
    z.string().min(1).default('festival'),
    'Festival, a smoother English voice where it is installed with festvox-us-slt-hts. Optional.',
  ),
  WORDNET_PATH: setting(
    z.string().min(1).default('wn'),
    'wn, the dictionary that scripts about bare English topics are made from. Optional.',
  ),
  AURA_FONTS: setting(optionalText, 'A folder of further fonts, used before the installed ones.'),
  AURA_MUSIC_FOLDER: setting(
    optionalText,
    'A folder of music for films that ask for a mood, with folders calm, upbeat, dramatic and corporate. Music is made where it has none.',
  ),

  OPENAI_API_KEY: setting(
    optionalText,
    'Key of an account at OpenAI, for scripts, voices and pictures. Without it OpenAI is never called.',
    { secret: true },
  ),
  OPENAI_BASE_URL: setting(
    address.optional(),
    'Another address that serves the API of OpenAI, up to and with /v1.',
  ),
  OPENAI_SCRIPT_MODEL: setting(
    z.string().min(1).default('gpt-4o-mini'),
    'Model of OpenAI that writes scripts.',
  ),
  ANTHROPIC_API_KEY: setting(
    optionalText,
    'Key of an account at Anthropic, for scripts. Without it Anthropic is never called.',
    { secret: true },
  ),
  ANTHROPIC_BASE_URL: setting(
    address.optional(),
    'Another address that serves the API of Anthropic, without /v1.',
  ),
  ANTHROPIC_MODEL: setting(
    z.string().min(1).default('claude-haiku-5-5'),
    'Model of Anthropic that writes scripts.',
  ),
  OLLAMA_HOST: setting(
    hostOrAddress.optional(),
    'Where Ollama serves, as Ollama itself reads it: host or host:port (11434 where it names none), or an address with http:// (80) or https:// (443). http://127.0.0.1:11434 unless set.',
  ),
  OLLAMA_MODEL: setting(
    z.string().min(1).default('llama3.1:8b'),
    'Model that Ollama writes scripts with; the same in another quantisation will do.',
  ),
  OPENAI_COMPATIBLE_BASE_URL: setting(
    address.optional(),
    'Any other server with the chat API of OpenAI, up to and with /v1: LM Studio, vLLM, OpenRouter, Groq …',
  ),
  OPENAI_COMPATIBLE_API_KEY: setting(optionalText, 'Its key, where it wants one.', {
    secret: true,
  }),
  OPENAI_COMPATIBLE_MODEL: setting(optionalText, 'Its model that writes scripts.'),

  ELEVENLABS_API_KEY: setting(
    optionalText,
    'Key of an account at ElevenLabs, for voices. Without it ElevenLabs is never called.',
    { secret: true },
  ),
  ELEVENLABS_BASE_URL: setting(
    address.optional(),
    'Another address that serves the API of ElevenLabs, without /v1.',
  ),
  ELEVENLABS_MODEL: setting(
    z.string().min(1).default('eleven_multilingual_v2'),
    'Model of ElevenLabs that speaks.',
  ),
  ELEVENLABS_OUTPUT_FORMAT: setting(
    oneOf([
      'mp3_22050_32',
      'mp3_44100_64',
      'mp3_44100_96',
      'mp3_44100_128',
      'mp3_44100_192',
      'pcm_16000',
      'pcm_22050',
      'pcm_24000',
    ]).default('mp3_44100_128'),
    'In what ElevenLabs sends its speech; mp3_44100_192 is for dearer plans.',
  ),
  DEEPGRAM_API_KEY: setting(
    optionalText,
    'Key of an account at Deepgram, for voices. Without it Deepgram is never called.',
    { secret: true },
  ),
  DEEPGRAM_BASE_URL: setting(
    address.optional(),
    'Another address that serves the API of Deepgram, without /v1, such as https://api.eu.deepgram.com.',
  ),
  OPENAI_SPEECH_MODEL: setting(
    z.string().min(1).default('gpt-4o-mini-tts'),
    'Model of OpenAI that speaks.',
  ),
  OPENAI_SPEECH_VOICE: setting(
    optionalText,
    'Voice of OpenAI that speaks, unless a film asks for one by its name. By the sex of the narrator unless set.',
  ),
  AURA_TTS_URL: setting(
    address.optional(),
    'A server with the speech API of OpenAI, up to and with /v1: Kokoro-FastAPI, LocalAI …',
  ),
  AURA_TTS_MODEL: setting(z.string().min(1).default('kokoro'), 'Its model that speaks.'),
  AURA_TTS_VOICE: setting(
    optionalText,
    'Its voice. Unset, the voices of Kokoro are found out; other servers need it.',
  ),
  AURA_TTS_LANGUAGES: setting(
    z
      .string()
      .regex(/^[a-z]{2,3}(?:,[a-z]{2,3})*$/, 'must be languages such as en or en,de')
      .default('en'),
    'Languages that AURA_TTS_VOICE speaks, separated by commas. Voices of Kokoro say so by their names.',
  ),
  AURA_TTS_API_KEY: setting(optionalText, 'Its key, where it wants one.', { secret: true }),
  PIPER_URL: setting(
    address.optional(),
    'Where the HTTP server of Piper listens, for example http://127.0.0.1:5000.',
  ),

  OPENAI_IMAGE_MODEL: setting(
    z.string().min(1).default('gpt-image-1'),
    'Model of OpenAI that paints pictures.',
  ),
  OPENAI_IMAGE_QUALITY: setting(
    oneOf(['low', 'medium', 'high', 'standard', 'hd']).optional(),
    'Quality of its pictures: low, medium or high (dall-e-3: standard or hd). By the quality of the film unless set.',
  ),
  COMFYUI_URL: setting(
    address.optional(),
    'Where a ComfyUI serves that paints pictures, such as http://127.0.0.1:8188. Without it none is called.',
  ),
  COMFYUI_CHECKPOINT: setting(
    optionalText,
    'Its model, by the file name that ComfyUI lists. The first of its list unless set.',
  ),
  COMFYUI_WORKFLOW: setting(
    optionalText,
    'A file with your own graph, exported in API format, with "{{prompt}}" where the prompt goes.',
  ),
  COMFYUI_VIDEO_CHECKPOINT: setting(
    optionalText,
    'Its model that lets pictures move, such as svd_xt.safetensors. Without it no clips are made.',
  ),
  COMFYUI_VIDEO_WORKFLOW: setting(
    optionalText,
    'A file with your own graph that saves a clip, exported in API format, with "{{prompt}}" where the prompt goes.',
  ),
  AUTOMATIC1111_URL: setting(
    address.optional(),
    'Where an AUTOMATIC1111 or Forge serves with --api, such as http://127.0.0.1:7860. Without it none is called.',
  ),
  AUTOMATIC1111_AUTH: setting(optionalText, 'Its user:password, where it wants one (--api-auth).', {
    secret: true,
  }),
  AUTOMATIC1111_CHECKPOINT: setting(
    optionalText,
    'Its model, by name. The one that is loaded there unless set.',
  ),
  AURA_DIFFUSION_MEGAPIXELS: setting(
    z.coerce
      .number('must be a number from 0.1 to 4')
      .min(0.1, 'must be a number from 0.1 to 4')
      .max(4, 'must be a number from 0.1 to 4')
      .default(1),
    'Size that models on own machines paint: 1 for SDXL and its kin, 0.3 for Stable Diffusion 1.5.',
  ),
  PEXELS_API_KEY: setting(
    optionalText,
    'Key of an account at Pexels, for photos and clips. Without it Pexels is never called.',
    { secret: true },
  ),
  PEXELS_BASE_URL: setting(address.optional(), 'Another address that serves the API of Pexels.'),
  PIXABAY_API_KEY: setting(
    optionalText,
    'Key of an account at Pixabay, for photos and clips. Without it Pixabay is never called.',
    { secret: true },
  ),
  PIXABAY_BASE_URL: setting(address.optional(), 'Another address that serves the API of Pixabay.'),

  AURA_SCRIPT_CHAIN: setting(
    chain,
    'Who writes scripts, in the order in which they are asked; all that can, the better first, where empty.',
  ),
  AURA_VOICE_CHAIN: setting(chain, 'Who speaks, in the order in which they are asked.'),
  AURA_VISUALS_CHAIN: setting(chain, 'Who makes pictures, in the order in which they are asked.'),
  AURA_PROVIDER_TIMEOUT_MS: setting(
    whole(100, 3_600_000).default(120_000),
    'How long one call to a provider may take, in ms.',
  ),
  AURA_CONNECT_TIMEOUT_MS: setting(
    whole(100, 600_000).default(10_000),
    'How long a connection to a provider may take to come about, in ms.',
  ),
  AURA_FIRST_BYTE_TIMEOUT_MS: setting(
    whole(100, 3_600_000).optional(),
    'How long a provider may take to begin its answer, in ms. As long as the whole call unless set.',
  ),
  AURA_PROVIDER_TIMEOUTS: setting(
    z
      .string()
      .regex(
        /^(?:[a-z0-9-]{1,40}=[1-9]\d{2,6})(?:,[a-z0-9-]{1,40}=[1-9]\d{2,6})*$/,
        'must be name=milliseconds, separated by commas, such as ollama=300000',
      )
      .default('ollama=300000,comfyui=270000,automatic1111=270000'),
    'Where the calls of a provider may take another time: name=milliseconds, separated by commas.',
  ),

  AURA_ENCODER_PRESET: setting(
    oneOf(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow']).default(
      'veryfast',
    ),
    'x264 preset of segments.',
  ),
  AURA_RENDERER: setting(
    oneOf(['compositor', 'ffmpeg']).default('compositor'),
    'What draws frames; ffmpeg draws with its own filters alone, without overlays and figures.',
  ),
  AURA_COMPOSE_SLOTS: setting(
    whole(1, 64).default(2),
    'Segments that one worker encodes at the same time.',
  ),
  AURA_HARDWARE: setting(
    oneOf(['auto', 'none', 'nvenc', 'qsv', 'vaapi', 'amf', 'videotoolbox']).default('auto'),
    'Hardware that a worker with the stage compose-gpu encodes with: the first that works, none, or the named one alone.',
  ),
  AURA_GPU_DEVICE: setting(
    z
      .string()
      .regex(/^(\d{1,3}|\/dev\/dri\/renderD\d{1,3})$/, 'must be a number or /dev/dri/renderD128')
      .optional(),
    'Graphics device of this worker: its number (NVIDIA) or its node, such as /dev/dri/renderD129. The first unless set; run one worker per device.',
  ),
  AURA_GPU_SLOTS: setting(
    whole(1, 64).default(2),
    'Segments that one graphics device encodes at the same time.',
  ),
  AURA_LANES: setting(
    whole(1, 32).default(4),
    'Scenes of one film that are in work at the same time.',
  ),
  AURA_STAGE_TIMEOUTS: setting(
    z
      .string()
      .regex(
        /^((script|voice|visuals|compose)=[1-9]\d{2,7}(,(?=.)|$))*$/,
        'must be stage=milliseconds, separated by commas, such as visuals=600000',
      )
      .default(''),
    'Where one attempt at a piece of work may take another time than 2 (script), 3 (voice), 5 (visuals) or 10 minutes (compose): stage=milliseconds, separated by commas.',
  ),
  AURA_HEARTBEAT_TIMEOUT_MS: setting(
    whole(2_000).default(15_000),
    'Silence after which a worker counts as dead and its work goes to another, in ms.',
  ),
  AURA_DRAIN_MS: setting(
    whole(0).default(20_000),
    'Time that running work gets when a worker is asked to stop, in ms. `npm start` gives 1,500 unless this is set.',
  ),
  AURA_PRICES: setting(
    z.string().default(''),
    'Prices of your own above those that Aura knows: vendor/model=unit:usd, separated by ";", such as openai/gpt-4o=inputPerMillion:2,outputPerMillion:8.',
  ),
  HTTP_PROXY: setting(optionalText, 'Proxy for providers that are called over http.', {
    secret: true,
  }),
  HTTPS_PROXY: setting(optionalText, 'Proxy for providers that are called over https.', {
    secret: true,
  }),
  NO_PROXY: setting(optionalText, 'Hosts that are called directly, separated by commas.'),
  AURA_JOB_BUDGET_USD: setting(
    z.coerce.number().min(0).optional(),
    'What one job may spend with providers that cost money, where it names no cap of its own, in US dollars.',
  ),
  AURA_DAY_BUDGET_USD: setting(
    z.coerce.number().min(0).optional(),
    'What all jobs that run or end on one day (UTC) may spend together, in US dollars.',
  ),
  AURA_SLOW_QUERY_MS: setting(
    whole(0).default(500),
    'A query of the database that takes longer, in ms, is logged and counted; 0 for none.',
  ),
  AURA_MIN_FREE_DISK_MB: setting(
    whole(0).default(512),
    'Free disk below which no job begins, in MiB.',
  ),
  AURA_MIN_FREE_MEMORY_MB: setting(
    whole(0).default(256),
    'Free memory below which no job begins, in MiB.',
  ),
  AURA_BODY_LIMIT_KB: setting(whole(1, 1_024).default(512), 'Largest request body, in KiB.'),
  AURA_UPLOAD_LIMIT_MB: setting(
    whole(1, 100_000).default(200),
    'Largest file that can be uploaded, in MiB.',
  ),
  AURA_UPLOAD_QUOTA_MB: setting(
    whole(0).default(0),
    'What the uploaded files of one tenant may take together, in MiB; 0 for no limit.',
  ),
  AURA_FILM_QUOTA_MB: setting(
    whole(0).default(0),
    'What the films of one tenant, with their other files, may take together before no job begins, in MiB; 0 for no limit.',
  ),
  AURA_KEEP_FILMS_DAYS: setting(
    whole(0, 36_500).default(0),
    'Days after which the films of ended jobs are deleted, with their other files; the jobs stay, and can be rebuilt. 0 keeps them.',
  ),
  AURA_KEEP_ASSETS_DAYS: setting(
    whole(0, 36_500).default(30),
    'Days after which an uploaded file is deleted; 0 keeps it until somebody deletes it.',
  ),
  AURA_KEEP_JOBS_DAYS: setting(
    whole(0, 36_500).default(0),
    'Days after which jobs that have ended are deleted with their films and other files; 0 keeps them for ever.',
  ),
  AURA_MAX_STREAMS: setting(
    whole(1, 100_000).default(10_000),
    'Progress streams that one gateway serves at the same time.',
  ),
  AURA_LOG_LEVEL: setting(
    oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'Least level that is logged.',
  ),
  AURA_CHECKPOINT_URL: setting(
    z.url('must be an address such as http://127.0.0.1:8080').optional(),
    'For fault tests only: a server that is asked before, during and after each unit of work.',
  ),
} as const;

/** Variables with credentials of providers, files included: workers have them, a gateway must not. */
export function isProviderCredential(name: string): boolean {
  return /_(API_KEY|AUTH)(_FILE)?$/.test(name) && !name.startsWith('AURA_API_KEY');
}

export type SettingName = keyof typeof SETTINGS;
export type Settings = { [K in SettingName]: z.output<(typeof SETTINGS)[K]['schema']> };

interface Setting<T extends z.ZodType> {
  schema: T;
  why: string;
  secret: boolean;
}

function setting<T extends z.ZodType>(schema: T, why: string, { secret = false } = {}): Setting<T> {
  return { schema, why, secret };
}

function whole(min: number, max?: number) {
  const bounds = max === undefined ? `, at least ${min}` : ` from ${min} to ${max}`;
  const must = `must be a whole number${bounds}`;
  return z.coerce
    .number(must)
    .int(must)
    .min(min, must)
    .max(max ?? Number.MAX_SAFE_INTEGER, must);
}

function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

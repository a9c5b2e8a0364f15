import { DEFINITIONS, VENDOR_NAMES } from './vendors/definitions.js';

/** What a served vendor is known by here. */
export interface Served {
  name: string;
  url: string;
  key: string;
  environment: Readonly<Record<string, string>>;
}

const FIRST_PORT: number = DEFINITIONS.openai.port;
const LAST_FIRST_PORT = 65_535 - VENDOR_NAMES.length;

/** Which port a vendor is served on, where `first` is openai's and the others follow in their order. Pure. */
export function portOf(name: keyof typeof DEFINITIONS, first = FIRST_PORT): number {
  return DEFINITIONS[name].port - FIRST_PORT + first;
}

/** The first port out of the arguments; undefined where none is given. Errors: RangeError for what is no port. */
export function firstPortOf([argument]: readonly string[]): number | undefined {
  if (argument === undefined) return undefined;
  const port = /^\d{1,5}$/.test(argument) ? Number(argument) : 0;
  if (port >= 1_024 && port <= LAST_FIRST_PORT) return port;
  throw new RangeError(
    `"${argument}" is no first port: give a number from 1024 to ${LAST_FIRST_PORT}.`,
  );
}

/** The lines that `npm run vendors` prints. Pure. */
export function settingsText(vendors: readonly Served[]): string {
  const elevenLabs = vendors.find(({ name }) => name === 'elevenlabs');
  return [
    ...vendors.map(({ name, url }) => `# ${name} ${url}`),
    ...vendors.flatMap(({ environment }) => exported(environment)),
    ...otherRoles(vendors),
    '# To have Aura use them, paste the lines above into the shell that starts it, or into .env as they are.',
    '# Of each: GET /__bill, GET /__requests, and PUT /__faults with a list of faults, for example',
    `#   curl -X PUT ${elevenLabs?.url}/__faults -d '[{"kind":"status","status":503,"calls":{"from":3}}]'`,
    '# Kinds and places stand in tests/vendors/src/faults/fault.ts; an empty list heals the vendor.',
    '',
  ].join('\n');
}

/** What some of them can be besides. Commented, for it would take the place of others or make other films. */
function otherRoles(vendors: readonly Served[]): string[] {
  const { openai, localai } = Object.fromEntries(vendors.map((vendor) => [vendor.name, vendor]));
  const roles: [what: string, settings: Record<string, string>][] = [
    [
      'scripts by openai-compatible (the server of openai serves them)',
      {
        OPENAI_COMPATIBLE_BASE_URL: `${openai?.url}/v1`,
        OPENAI_COMPATIBLE_API_KEY: openai?.key ?? '',
        OPENAI_COMPATIBLE_MODEL: 'gpt-4o-mini',
      },
    ],
    [
      'speech by LocalAI in the place of Kokoro',
      {
        AURA_TTS_URL: `${localai?.url}/v1`,
        AURA_TTS_MODEL: 'voice-en-us-amy-low',
        AURA_TTS_VOICE: 'en-us-amy-low',
      },
    ],
    ['clips by ComfyUI (comfyui-clips)', { COMFYUI_VIDEO_CHECKPOINT: 'svd_xt.safetensors' }],
  ];
  return roles.flatMap(([what, settings]) => [
    `# For ${what}, take the "# " away:`,
    ...exported(settings).map((line) => `# ${line}`),
  ]);
}

function exported(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).map(([name, value]) => `export ${name}=${value}`);
}

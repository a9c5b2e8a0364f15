import type { VendorBehaviour, VendorContext } from '../server/call.js';
import { elevenLabs } from './elevenlabs/elevenlabs.js';
import { kokoro } from './kokoro/kokoro.js';
import { localAi } from './localai/localai.js';
import { ollama } from './ollama/ollama.js';
import { openAi } from './openai/openai.js';
import { piper } from './piper/piper.js';

export interface VendorDefinition {
  /** Behaves as the vendor does. */
  create: (context: VendorContext) => VendorBehaviour;
  /** A made-up credential of the vendor's format; empty where it asks for none. */
  key: string;
  /** The port that `npm run vendors` gives it. */
  port: number;
  /** Environment variables that point Aura to a server. */
  environment: (server: { url: string; key: string }) => Record<string, string>;
}

/** Letters and digits in the vendors' formats, and plainly nobody's. */
const MADE_UP = 'auraLocal0'.repeat(20);

export const DEFINITIONS = {
  openai: {
    create: openAi,
    key: `sk-proj-${MADE_UP.slice(0, 120)}`,
    port: 18_101,
    environment: ({ url, key }) => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${url}/v1` }),
  },
  ollama: {
    create: ollama,
    key: '',
    port: 18_103,
    environment: ({ url }) => ({ OLLAMA_HOST: url }),
  },
  elevenlabs: {
    create: elevenLabs,
    key: `sk_${'a0b1c2d3e4f5'.repeat(4)}`,
    port: 18_104,
    environment: ({ url, key }) => ({ ELEVENLABS_API_KEY: key, ELEVENLABS_BASE_URL: url }),
  },
  kokoro: {
    create: kokoro,
    key: '',
    port: 18_105,
    environment: ({ url }) => ({ OPENAI_COMPATIBLE_TTS_URL: `${url}/v1` }),
  },
  localai: {
    create: localAi,
    key: '',
    port: 18_106,
    environment: () => ({}),
  },
  piper: {
    create: piper,
    key: '',
    port: 18_107,
    environment: ({ url }) => ({ PIPER_URL: url }),
  },
} as const satisfies Record<string, VendorDefinition>;

export type VendorName = keyof typeof DEFINITIONS;

export const VENDOR_NAMES = Object.keys(DEFINITIONS) as VendorName[];

import type { VendorBehaviour, VendorContext } from '../server/call.js';
import { anthropic } from './anthropic/anthropic.js';
import { automatic1111 } from './automatic1111/automatic1111.js';
import { comfyUi } from './comfyui/comfyui.js';
import { deepgram } from './deepgram/deepgram.js';
import { elevenLabs } from './elevenlabs/elevenlabs.js';
import { kokoro } from './kokoro/kokoro.js';
import { localAi } from './localai/localai.js';
import { ollama } from './ollama/ollama.js';
import { openAi } from './openai/openai.js';
import { pexels } from './pexels/pexels.js';
import { piper } from './piper/piper.js';
import { pixabay } from './pixabay/pixabay.js';

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
  anthropic: {
    create: anthropic,
    key: `sk-ant-api03-${MADE_UP.slice(0, 95)}`,
    port: 18_102,
    environment: ({ url, key }) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url }),
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
    environment: ({ url }) => ({ AURA_TTS_URL: `${url}/v1` }),
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
  comfyui: {
    create: comfyUi,
    key: '',
    port: 18_108,
    environment: ({ url }) => ({ COMFYUI_URL: url }),
  },
  automatic1111: {
    create: automatic1111,
    key: '',
    port: 18_109,
    environment: ({ url }) => ({ AUTOMATIC1111_URL: url }),
  },
  pexels: {
    create: pexels,
    key: MADE_UP.slice(0, 56),
    port: 18_110,
    environment: ({ url, key }) => ({ PEXELS_API_KEY: key, PEXELS_BASE_URL: url }),
  },
  pixabay: {
    create: pixabay,
    key: `10000001-${'a0b1c2d3e4'.repeat(3).slice(0, 25)}`,
    port: 18_111,
    environment: ({ url, key }) => ({ PIXABAY_API_KEY: key, PIXABAY_BASE_URL: url }),
  },
  deepgram: {
    create: deepgram,
    key: 'a0b1c2d3e4'.repeat(4),
    port: 18_112,
    environment: ({ url, key }) => ({ DEEPGRAM_API_KEY: key, DEEPGRAM_BASE_URL: url }),
  },
} as const satisfies Record<string, VendorDefinition>;

export type VendorName = keyof typeof DEFINITIONS;

export const VENDOR_NAMES = Object.keys(DEFINITIONS) as VendorName[];

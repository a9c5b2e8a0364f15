import type { VendorBehaviour, VendorContext } from '../server/call.js';
import { ollama } from './ollama/ollama.js';
import { openAi } from './openai/openai.js';

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
} as const satisfies Record<string, VendorDefinition>;

export type VendorName = keyof typeof DEFINITIONS;

export const VENDOR_NAMES = Object.keys(DEFINITIONS) as VendorName[];

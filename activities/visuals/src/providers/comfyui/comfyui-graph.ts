import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '@aura/failure';
import { parseJson } from '@aura/provider';
import type { DiffusionPrompt } from '../../diffusion/diffusion-prompt.js';
import type { PictureSize } from '../../pictures/picture-size.js';

/** What a graph's places are filled with. */
export type GraphValues = DiffusionPrompt & PictureSize & { checkpoint: string };

/** A graph in ComfyUI's API format: nodes by id. */
export type Graph = Readonly<Record<string, unknown>>;

export interface LoadedGraph {
  graph: Graph;
  /** Of its content, for unit keys. */
  version: string;
  /** It names a checkpoint of our choice. */
  needsCheckpoint: boolean;
}

const SHIPPED = fileURLToPath(new URL('../../../graphs/txt2img.json', import.meta.url));
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a graph, the shipped one unless a file is named. Errors: INVALID_CONFIG where it cannot be read, is no graph in
 * API format, or has no place for the prompt.
 */
export async function loadGraph(file = SHIPPED): Promise<LoadedGraph> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw wrong('cannot be read', cause);
  });
  const parsed = parseJson(text, { maxBytes: MAX_BYTES });
  if (!parsed.ok) throw wrong(`is refused: ${parsed.problem}`);
  if (!isGraph(parsed.value)) throw wrong('is no workflow in API format: use "Export (API)"');
  if (!text.includes('"{{prompt}}"')) throw wrong('has no input with the value "{{prompt}}"');
  return {
    graph: parsed.value,
    version: createHash('sha256').update(JSON.stringify(parsed.value)).digest('hex').slice(0, 16),
    needsCheckpoint: text.includes('"{{checkpoint}}"'),
  };
}

/**
 * The graph with its places filled: an input that is exactly `{{prompt}}`, `{{negative}}`, `{{seed}}`, `{{width}}`,
 * `{{height}}` or `{{checkpoint}}` gets the value, texts as texts and numbers as numbers. Nothing is looked for in
 * what was filled in, so a script's words stay words. Pure.
 */
export function filledGraph(graph: Graph, values: GraphValues): Graph {
  const places = new Map<unknown, string | number>([
    ['{{prompt}}', values.prompt],
    ['{{negative}}', values.negative],
    ['{{seed}}', values.seed],
    ['{{width}}', values.widthPx],
    ['{{height}}', values.heightPx],
    ['{{checkpoint}}', values.checkpoint],
  ]);
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return places.get(value) ?? value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]));
  };
  return filled(graph) as Graph;
}

function isGraph(value: unknown): value is Graph {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const nodes = Object.values(value);
  return (
    nodes.length > 0 &&
    nodes.every((node) => typeof (node as { class_type?: unknown } | null)?.class_type === 'string')
  );
}

function wrong(what: string, cause?: unknown): Failure {
  return new Failure('INVALID_CONFIG', `The file that COMFYUI_WORKFLOW names ${what}.`, { cause });
}

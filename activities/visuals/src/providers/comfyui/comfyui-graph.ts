import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '@aura/failure';
import { parseJson } from '@aura/provider';
import type { DiffusionPrompt } from '../../diffusion/diffusion-prompt.js';
import type { PictureSize } from '../../pictures/picture-size.js';

/** What a graph's places are filled with. */
export type GraphValues = DiffusionPrompt &
  PictureSize & {
    checkpoint: string;
    /** Of graphs that give clips. */
    videoCheckpoint?: string | undefined;
  };

/** A graph in ComfyUI's API format: nodes by id. */
export type Graph = Readonly<Record<string, unknown>>;

export interface LoadedGraph {
  graph: Graph;
  /** Of its content, for unit keys. */
  version: string;
  /** It names a checkpoint of our choice. */
  needsCheckpoint: boolean;
}

/** A graph that comes with Aura, and the setting that names another one. */
export interface ShippedGraph {
  file: string;
  setting: string;
}

const shipped = (name: string) =>
  fileURLToPath(new URL(`../../../graphs/${name}.json`, import.meta.url));
export const PICTURE_GRAPH: ShippedGraph = {
  file: shipped('txt2img'),
  setting: 'COMFYUI_WORKFLOW',
};
/** Paints a picture and lets it move. */
export const CLIP_GRAPH: ShippedGraph = {
  file: shipped('img2vid'),
  setting: 'COMFYUI_VIDEO_WORKFLOW',
};
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a graph, the shipped one unless a file is named. Errors: INVALID_CONFIG where it cannot be read, is no graph in
 * API format, or has no place for the prompt.
 */
export async function loadGraph(
  named: string | undefined,
  { file, setting }: ShippedGraph = PICTURE_GRAPH,
): Promise<LoadedGraph> {
  const wrong = (what: string, cause?: unknown) =>
    new Failure('INVALID_CONFIG', `The file that ${setting} names ${what}.`, { cause });
  const text = await readFile(named ?? file, 'utf8').catch((cause: unknown) => {
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
 * `{{height}}`, `{{checkpoint}}` or `{{videoCheckpoint}}` gets the value, texts as texts and numbers as numbers. Nothing is looked for in
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
    ['{{videoCheckpoint}}', values.videoCheckpoint ?? ''],
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

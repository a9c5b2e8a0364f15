import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { query, withTemporal, type Stack } from '../harness/index.js';

/** Where each needle was found: `file logs/gateway.log`, `history aura-…`, `database jobs`, and the names of the texts. */
export type Places<N extends string> = Record<N, string[]>;

/**
 * Looks for needles in all that a stack leaves: every file below its home, every row of every table, every workflow (its
 * history, memo and search attributes, payloads decoded), and further texts.
 */
export async function findPlaces<N extends string>(
  stack: Stack,
  needles: Record<N, string>,
  texts: Record<string, string>,
): Promise<Places<N>> {
  const names = Object.keys(needles) as N[];
  const places = Object.fromEntries(names.map((name) => [name, [] as string[]])) as Places<N>;
  const look = (place: string, text: string | Buffer) => {
    for (const name of names) if (text.includes(needles[name])) places[name].push(place);
  };
  for (const [name, text] of Object.entries(texts)) look(name, text);
  await lookAtFiles(stack, look);
  await lookAtTables(stack, look);
  await lookAtWorkflows(stack, look);
  return places;
}

type Look = (place: string, text: string | Buffer) => void;

async function lookAtFiles({ home }: Stack, look: Look): Promise<void> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(home, file);
    look(`file ${name}`, name);
    // One that has gone meanwhile has left nothing.
    look(`file ${name}`, await readFile(file).catch(() => ''));
  }
}

async function lookAtTables(stack: Stack, look: Look): Promise<void> {
  const tables = await query<{ name: string }>(
    stack,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(stack, `SELECT t::text AS row FROM ${name} t`);
    look(`database ${name}`, rows.map(({ row }) => row).join('\n'));
  }
}

async function lookAtWorkflows(stack: Stack, look: Look): Promise<void> {
  await withTemporal(stack, async (client) => {
    for await (const { workflowId, runId } of client.workflow.list()) {
      const handle = client.workflow.getHandle(workflowId, runId);
      const texts = textsIn([await handle.describe(), await handle.fetchHistory()]);
      look(`history ${workflowId}`, texts.join('\n'));
    }
  });
}

/** What running activities have told of themselves (heartbeats) until a moment comes, looked at again and again. */
export async function liveDetails(stack: Stack, isOver: () => boolean): Promise<string> {
  const seen = new Set<string>();
  await withTemporal(stack, async (client) => {
    while (!isOver()) {
      for await (const { workflowId, runId } of client.workflow.list({
        query: 'ExecutionStatus="Running"',
      })) {
        const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
        const beats = raw.pendingActivities?.map(({ heartbeatDetails }) => heartbeatDetails);
        for (const text of textsIn(beats)) seen.add(text);
      }
      await sleep(EVERY_MS);
    }
  });
  return [...seen].join('\n');
}

const EVERY_MS = 250;

/** Every text in a value, however deep; bytes are read as text. */
function textsIn(value: unknown, known = new Set<unknown>()): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null || known.has(value)) return [];
  known.add(value);
  if (Array.isArray(value)) return value.flatMap((part) => textsIn(part, known));
  return Object.entries(value).flatMap(([name, part]) => {
    const texts = textsIn(part, known);
    return texts.length === 0 ? [] : [name, ...texts];
  });
}

import { readFile } from 'node:fs/promises';
import { open as openInspector, waitForDebugger } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { loadSettings } from '@aura/config';
import { bundledHistory, isBundle } from './bundled-history.js';
import { findHistory } from './find-history.js';
import { storyOf } from './history-story.js';

/**
 * npm run replay -- <job id | bundle of diagnostics | history file> [--run <number>] [--inspect]
 *
 * Runs a job's recorded history against today's workflow code. Says what was decided and why it ended as
 * it did, and whether today's code would decide the same; with --inspect under a debugger.
 * Exit code: 0 the same, 1 it deviates, 2 wrong call or no history.
 */
const { subject, inspect, run } = callOf(process.argv.slice(2));

const json = await historyJson(subject);
const history = historyFromJSON(JSON.parse(json));
for (const { eventId, atMs, text } of storyOf(history)) {
  console.log(`${(atMs / 1_000).toFixed(1).padStart(8)} s  #${String(eventId).padEnd(5)} ${text}`);
}

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
if (inspect) {
  process.env['TEMPORAL_DEBUG'] = '1'; // the SDK runs workflow code in this thread, without time limits
  openInspector(9229, '127.0.0.1');
  console.log('Waiting for a debugger at 127.0.0.1:9229 (chrome://inspect, or your editor).');
  waitForDebugger();
}
try {
  await Worker.runReplayHistory(
    {
      workflowBundle: { codePath: fileURLToPath(new URL('workflow-bundle.js', import.meta.url)) },
    },
    history,
    workflowIdIn(history),
  );
  console.log('\nReplayed: today’s code decides the same.');
} catch (error) {
  const deviates = error instanceof Error && error.name === 'DeterminismViolationError';
  console.log(`\n${deviates ? 'Today’s code deviates' : 'Replay failed'}: ${String(error)}`);
  process.exitCode = 1;
}

/** The run is that of a bundle: of a job the newest is taken, and a file of a history has one. */
function callOf(args: string[]): { subject: string; inspect: boolean; run: number | undefined } {
  const usage =
    'Usage: npm run replay -- <job id | bundle of diagnostics | history file> [--run <number>] [--inspect]';
  try {
    const options = { inspect: { type: 'boolean' }, run: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [subject, ...rest] = positionals;
    const run = values.run === undefined ? undefined : Number(values.run);
    if (!subject || rest.length > 0 || (run !== undefined && !(run >= 1))) return fail(usage);
    return { subject, inspect: values.inspect ?? false, run };
  } catch {
    return fail(usage);
  }
}

async function historyJson(idOrFile: string): Promise<string> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrFile);
  try {
    if (!isId && isBundle(idOrFile)) return await bundledHistory(idOrFile, run);
    if (!isId) return await readFile(idOrFile, 'utf8');
    return await findHistory(idOrFile, loadSettings(process.env));
  } catch (error) {
    return fail(
      `No history of ${idOrFile}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function workflowIdIn({ events }: ReturnType<typeof historyFromJSON>): string {
  return events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId || 'replayed';
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

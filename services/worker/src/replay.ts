import { readFile } from 'node:fs/promises';
import { open as openInspector, waitForDebugger } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { loadSettings } from '@aura/config';
import { findHistory } from './find-history.js';
import { storyOf } from './history-story.js';

/**
 * npm run replay -- <job id | history file> [--inspect]
 *
 * Runs a job's recorded history against today's workflow code. Says what was decided and why it ended as
 * it did, and whether today's code would decide the same; with --inspect under a debugger.
 * Exit code: 0 the same, 1 it deviates, 2 wrong call or no history.
 */
const args = process.argv.slice(2);
const inspect = args.includes('--inspect');
const [subject, ...rest] = args.filter((arg) => arg !== '--inspect');
if (!subject || rest.length > 0)
  fail('Usage: npm run replay -- <job id | history file> [--inspect]');

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

async function historyJson(idOrFile: string): Promise<string> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrFile);
  try {
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

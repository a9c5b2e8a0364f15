// npm run replay -- <job id | bundle of diagnostics | history file> [--run <number>] [--inspect]: replays a job of this checkout's stack, with its settings.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { auraHome, environment } = await import('./paths.mjs');
  const { runTool } = await import('./run-tool.mjs');
  const env = () => ({ ...portsOfLastStart(auraHome()), ...environment() });
  await runTool('services/worker/dist/replay.js', args, env);
}

/** `npm start` may have had to take other ports than the settings say, and notes them. */
function portsOfLastStart(home) {
  try {
    const ports = JSON.parse(readFileSync(path.join(home, 'ports.json'), 'utf8'));
    return { AURA_PORT: String(ports.gateway), AURA_TEMPORAL_PORT: String(ports.temporal) };
  } catch {
    return {};
  }
}

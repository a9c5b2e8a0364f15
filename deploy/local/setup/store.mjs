// npm run store -- stats | verify | clear <days>: looks after the artifacts of this checkout's stack, with its settings.
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { environment } = await import('./paths.mjs');
  const { runTool } = await import('./run-tool.mjs');
  await runTool('services/worker/dist/store/main.js', args, environment);
}

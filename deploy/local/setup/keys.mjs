// npm run keys -- create | list | revoke: looks after the API keys in the database of this checkout's stack.
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { auraHome, environment } = await import('./paths.mjs');
  const { runTool } = await import('./run-tool.mjs');
  await runTool('services/gateway/dist/keys/main.js', args, async () => {
    const env = environment();
    if (env.DATABASE_URL?.trim()) return env;
    const { runningDatabase } = await import('@aura/local');
    const own = await runningDatabase(auraHome(env));
    return own ? { ...env, DATABASE_URL: own } : env;
  });
}

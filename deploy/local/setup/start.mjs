// npm start: gets what is missing, then hands over to the stack, in the same process and terminal.
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { parseCommand, USAGE, UsageError } = await import('./command-line.mjs');
  const { setUp } = await import('./setup.mjs');
  try {
    const command = parseCommand(args);
    if (command.help) return process.stdout.write(`${USAGE}\n`);
    if (!(await setUp())) return fail(1);
    const { start } = await import('../dist/start.js');
    return await start(command);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return fail(2);
  }
}

function fail(code) {
  process.exitCode = code;
}

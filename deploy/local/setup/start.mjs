// npm start: gets what is missing, then hands over to the stack, in the same process and terminal.
import './node-version.mjs';

void main(process.argv.slice(2));

async function main(args) {
  const { parseCommand, USAGE } = await import('./command-line.mjs');
  const { assertSettings } = await import('./check-settings.mjs');
  const { environment } = await import('./paths.mjs');
  const { setUp } = await import('./setup.mjs');
  try {
    const command = parseCommand(args);
    if (command.help) return process.stdout.write(`${USAGE}\n`);
    await assertSettings(environment());
    if (!(await setUp({ settings: environment() }))) return fail(1);
    const { start } = await import('../dist/start.js');
    return await start(command);
  } catch (error) {
    if (!(error.name in EXIT_CODES)) throw error;
    process.stderr.write(`${error.message}\n`);
    return fail(EXIT_CODES[error.name]);
  }
}

/** By name: the class may be one that was only just installed. */
const EXIT_CODES = { UsageError: 2, SettingsError: 78 };

function fail(code) {
  process.exitCode = code;
}

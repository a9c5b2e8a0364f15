// npm start: gets what is missing, then hands over to the stack, in the same process and terminal.
import './node-version.mjs';

void main();

async function main() {
  const { setUp } = await import('./setup.mjs');
  if (await setUp()) await import('../dist/start.js');
  else process.exitCode = 1;
}

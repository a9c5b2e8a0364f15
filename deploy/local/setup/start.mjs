// npm start: gets what is missing, then hands over to the stack, in the same process and terminal.
import './node-version.mjs';

void hand();

async function hand() {
  const { setUp } = await import('./setup.mjs');
  await setUp();
  await import('../dist/start.js');
}

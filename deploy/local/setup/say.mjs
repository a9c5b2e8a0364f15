const TERMINAL_EVERY_MS = 1_000;
const PLAIN_EVERY_MS = 30_000;

/** One line to the user. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Says what is being done, how far it is (`progress` gives it in words) and how long it has taken so far,
 * on one line of a terminal, or as a line every half minute where the output is a file. The answer ends it.
 */
export function working(what, progress = () => undefined) {
  const begin = Date.now();
  const live = process.stderr.isTTY;
  const elapsed = () => `${Math.round((Date.now() - begin) / 1_000)} s`;
  if (!live) say(what);
  const soFar = () => [progress(), elapsed()].filter(Boolean).join(', ');
  const show = () => (live ? draw(`${what} … ${soFar()}`) : say(`  … ${soFar()}`));
  if (live) show();
  const timer = setInterval(show, live ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS);
  return (outcome) => {
    clearInterval(timer);
    const text = `${outcome} after ${elapsed()}`;
    if (live) process.stderr.write(`\r\u001b[K${what}: ${text}\n`);
    else say(`  ${text}`);
  };
}

function draw(line) {
  const width = process.stderr.columns ?? 80;
  process.stderr.write(
    `\r\u001b[K${line.length < width ? line : `${line.slice(0, width - 36)}…${line.slice(-34)}`}`,
  );
}

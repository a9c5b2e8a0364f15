/** npm passes a Ctrl-C on that the terminal has given us already: what comes so soon after is the same one. */
const SAME_WITHIN_MS = 500;

interface StopHandlers {
  first: () => void;
  second: () => void;
}

/** Calls `first` at the first request to end (Ctrl-C, SIGTERM, a closed terminal) and `second` at the next. */
export function onStopSignal({ first, second }: StopHandlers): void {
  let askedAt: number | undefined;
  const ask = () => {
    if (askedAt === undefined) {
      askedAt = Date.now();
      first();
    } else if (Date.now() - askedAt > SAME_WITHIN_MS) {
      second();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
}

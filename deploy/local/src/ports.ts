import { createServer } from 'node:net';

/** Why this port cannot be listened on; undefined where it can. */
export function portProblem(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', ({ code }: NodeJS.ErrnoException) => resolve(PROBLEMS[code ?? '']))
      .once('listening', () => server.close(() => resolve(undefined)))
      .listen({ port, host, exclusive: true });
  });
}

/** Anything else is for the server to say that will listen there. */
const PROBLEMS: Record<string, string | undefined> = {
  EADDRINUSE: 'is in use',
  EACCES: 'is open to root only',
};

/** A port that the system says is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen({ port: 0, host: '127.0.0.1' }, () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
  });
}

import { spawn } from 'node:child_process';

/**
 * Runs a program with bytes in and bytes out. Errors: an Error with the program's last words; the signal's
 * reason on abort, when the program has been ended.
 */
export async function runPiped(
  program: string,
  args: readonly string[],
  { input, signal }: { input?: Buffer | string; signal?: AbortSignal } = {},
): Promise<Buffer> {
  signal?.throwIfAborted();
  const child = spawn(program, args, { stdio: 'pipe', signal, killSignal: 'SIGKILL' });
  const output: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (piece: Buffer) => output.push(piece));
  child.stderr.on('data', (piece: Buffer) => {
    said = `${said}${piece.toString()}`.slice(-2_000);
  });
  child.stdin.on('error', () => undefined).end(input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.trim()}`);
  return Buffer.concat(output);
}

import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '@aura/media';
import { watchCpu } from '../cpu-seconds.js';

/** What is made with a peer: some stills, one after the other, with a narration. */
export interface PeerFilm {
  stills: string[];
  narration: string;
  /** Of each still. */
  seconds: number;
  preset: string;
}

interface Peer {
  packages: string[];
  /** In bench/peers; the first is run. */
  scripts: string[];
}

const REMOTION = '4.0.529';
const PEERS: Record<string, Peer> = {
  editly: { packages: ['editly@0.14.2'], scripts: ['editly.mjs'] },
  remotion: {
    packages: [
      ...['remotion', '@remotion/renderer', '@remotion/bundler'].map(
        (name) => `${name}@${REMOTION}`,
      ),
      'react@19.2.0',
      'react-dom@19.2.0',
    ],
    scripts: ['remotion.mjs', 'remotion-film.mjs'],
  },
};

const LIMIT_MS = 600_000;
const FADE_S = 0.5;

/**
 * CPU seconds that a peer takes for each second of a film, or why it was not measured. It is installed for this alone,
 * without running any script of a package: what has to be compiled first is not there.
 */
export async function measurePeer(
  name: string,
  { stills, narration, seconds, preset }: PeerFilm,
  folder: string,
): Promise<number | string> {
  const peer = PEERS[name];
  if (!peer) return 'not known here';
  const own = path.join(folder, name);
  // Browsers take far more addresses than memory.
  const run = { cwd: own, signal: AbortSignal.timeout(LIMIT_MS), mapsDevices: true };
  try {
    await mkdir(own);
    await writeFile(
      path.join(own, 'package.json'),
      JSON.stringify({ private: true, type: 'module' }),
    );
    for (const script of peer.scripts) await copyFile(scriptFile(script), path.join(own, script));
    const [output, browser] = [path.join(own, 'film.mp4'), await browserOf()];
    const film = { stills, narration, seconds, preset, fadeSeconds: FADE_S, output, browser };
    await writeFile(path.join(own, 'film.json'), JSON.stringify(film));
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    await runProgram('npm', ['install', ...quietly, ...peer.packages], run);
    const watch = watchCpu(process.pid);
    try {
      await runProgram('node', [peer.scripts[0] ?? ''], run);
    } finally {
      watch.stop();
    }
    return watch.descendantsS() / (seconds * stills.length);
  } catch (error) {
    return `not measured: ${reasonOf(error)}`;
  }
}

function scriptFile(name: string): URL {
  return new URL(`../../peers/${name}`, import.meta.url);
}

/** Remotion would fetch one of its own. */
async function browserOf(): Promise<string | null> {
  const asked = ['-c', 'command -v chromium || command -v google-chrome || true'];
  return (await runProgram('sh', asked)).stdout.trim() || null;
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const lines = said.split('\n').map((line) => line.trim());
  const line =
    lines.find((one) => /^(?:\w*Error\b|npm error (?!code))/.test(one)) ?? lines[0] ?? '';
  return line.slice(0, 160);
}

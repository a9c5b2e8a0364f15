import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { downloadFilm, jobRow, post, untilSucceeded, type Stack } from '../harness/index.js';

export interface ClipFilm {
  jobId: string;
  /** Who pictured each scene. */
  replacements: unknown;
  warnings: unknown;
  /** What fills the film from scene to scene. */
  sources: { clip?: { speed: number }; image?: object }[];
  /** Whose clips they are. */
  credits: string[];
  /** The colour of the second scene, 1.2 s and 2 s after it has come. */
  colours: { red: number; blue: number }[];
}

/** A film of a scene whose prompt wishes for movement and of one with a clip of the user's own: red, then blue, over and over. */
export async function clipFilm(stack: Stack): Promise<ClipFilm> {
  const assetId = await upload(stack, await redThenBlue());
  const scenes = [
    { narration: 'The sea comes in.', visualPrompt: 'Drone footage of a shore', keywords: ['sea'] },
    { narration: 'Red and blue lamps show the ships where the harbour is.', assetId },
  ];
  const options = { quality: 'draft', fps: 12, providers: { voice: 'flite' } };
  const answer = await post(`${stack.url}/api/videos/generate`, { script: { scenes }, options });
  if (answer.status !== 202) throw new Error(await answer.text());
  const { jobId } = (await answer.json()) as { jobId: string };
  await untilSucceeded(stack, jobId, 120_000);
  const { replacements, warnings } = await jobRow(stack, jobId);
  const metadata = await askJson<Told>(stack, `/api/videos/${jobId}/metadata`);
  const { url } = metadata.artifacts.find(({ kind }) => kind === 'timeline')!;
  const { visuals, rate } = await askJson<Laid>(stack, url);
  const begin = (visuals[1]!.start * rate.denominator) / rate.numerator;
  const film = await downloadFilm(stack, jobId);
  const colours = [];
  for (const after of [1.2, 2]) colours.push(await colourAt(film, begin + after));
  const sources = visuals.map(({ source }) => source);
  const credits = metadata.credits.map(({ source }) => source);
  return { jobId, replacements, warnings, sources, credits, colours };
}

interface Told {
  artifacts: { kind: string; url: string }[];
  credits: { source: string }[];
}

interface Laid {
  visuals: { start: number; source: ClipFilm['sources'][number] }[];
  rate: { numerator: number; denominator: number };
}

async function askJson<T>({ url }: Stack, path: string): Promise<T> {
  return (await (await fetch(url + path)).json()) as T;
}

async function upload({ url }: Stack, body: Buffer): Promise<string> {
  const answer = await fetch(`${url}/api/assets`, { method: 'POST', body: new Uint8Array(body) });
  return ((await answer.json()) as { assetId: string }).assetId;
}

/** 0.8 s of each, with a little in them, for one colour alone shows nothing. */
function redThenBlue(): Promise<Buffer> {
  const colour = (name: string) =>
    `color=${name}:size=640x360:rate=10:duration=0.8,drawbox=x=290:y=150:w=60:h=60:color=white:t=fill`;
  const graph = `${colour('red')}[a];${colour('blue')}[b];[a][b]concat`;
  const encode = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-f', 'mp4'];
  return ffmpeg('-filter_complex', graph, ...encode, '-movflags', 'frag_keyframe+empty_moov');
}

async function colourAt(film: string, seconds: number): Promise<{ red: number; blue: number }> {
  const one = ['-frames:v', '1', '-vf', 'scale=1:1', '-f', 'rawvideo', '-pix_fmt', 'rgb24'];
  const [red = 0, , blue = 0] = await ffmpeg('-ss', seconds.toFixed(3), '-i', film, ...one);
  return { red, blue };
}

async function ffmpeg(...argv: string[]): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 10_000_000 } as const;
  return (await promisify(execFile)('ffmpeg', ['-v', 'error', ...argv, '-'], options)).stdout;
}

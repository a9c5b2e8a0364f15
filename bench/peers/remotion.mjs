// Made a package of its own in a temporary folder: renders film.json with Remotion and the Chromium of this machine.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { bundle } from '@remotion/bundler';
import { renderMedia, selectComposition } from '@remotion/renderer';

const { stills, seconds, fadeSeconds, narration, output, preset, browser } = JSON.parse(
  await readFile('film.json', 'utf8'),
);
const publicDir = path.resolve('public');
await mkdir(publicDir, { recursive: true });
for (const file of [...stills, narration])
  await copyFile(file, path.join(publicDir, path.basename(file)));
const inputProps = {
  stills: stills.map((file) => path.basename(file)),
  narration: path.basename(narration),
  seconds,
  fadeSeconds,
};
const serveUrl = await bundle({ entryPoint: path.resolve('remotion-film.mjs'), publicDir });
const composition = await selectComposition({
  serveUrl,
  id: 'film',
  inputProps,
  browserExecutable: browser,
});
await renderMedia({
  composition: { ...composition, durationInFrames: Math.round(stills.length * seconds * 30) },
  serveUrl,
  codec: 'h264',
  crf: 21,
  x264Preset: preset,
  outputLocation: output,
  inputProps,
  browserExecutable: browser,
  concurrency: 1,
});

// Made a package of its own in a temporary folder: renders film.json with editly.
import { readFile } from 'node:fs/promises';
import editly from 'editly';

const { stills, seconds, fadeSeconds, narration, output } = JSON.parse(
  await readFile('film.json', 'utf8'),
);
await editly({
  outPath: output,
  width: 1_920,
  height: 1_080,
  fps: 30,
  audioFilePath: narration,
  defaults: { transition: { name: 'fade', duration: fadeSeconds } },
  clips: stills.map((path) => ({
    duration: seconds,
    layers: [{ type: 'image', path, zoomDirection: 'in', zoomAmount: 0.1 }],
  })),
});

import { chain } from './chain.js';
import { edit } from './edit.js';
import { film, type Rows } from './film.js';
import { longFilm } from './long-film.js';
import { presets } from './presets.js';
import { preview } from './preview.js';
import { render } from './render.js';
import { workers } from './workers.js';

/** npm run bench -- <name> [--json]: prints each figure; with --json one JSON object as the last line. */
const BENCHMARKS: Record<string, () => Promise<Rows>> = {
  chain,
  edit,
  film,
  'long-film': longFilm,
  presets,
  preview,
  render,
  workers,
};

const [name, ...options] = process.argv.slice(2);
const benchmark = name ? BENCHMARKS[name] : undefined;
if (!benchmark || options.some((option) => option !== '--json')) {
  console.error(`Usage: npm run bench -- <${Object.keys(BENCHMARKS).join(' | ')}> [--json]`);
  process.exit(2);
}
const figures = await benchmark();
for (const [figure, value] of Object.entries(figures)) {
  console.log(`${figure.padEnd(40)} ${value}`);
}
if (options.includes('--json')) console.log(JSON.stringify({ benchmark: name, ...figures }));

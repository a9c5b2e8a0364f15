import {
  framesOf,
  rateOf,
  type Chapter,
  type RenderSpec,
  type Scene,
  type Shot,
} from '@aura/proto';

/** Players show a list of chapters from three on, each of ten seconds at least. */
const FEWEST = 3;
const SHORTEST_MS = 10_000;

/** Chapters from the headings of scenes; none where there are too few to be told apart. */
export function chaptersOf(
  scenes: readonly Pick<Scene, 'heading'>[],
  shots: readonly Pick<Shot, 'frames'>[],
  render: RenderSpec,
): Chapter[] {
  const shortest = framesOf(SHORTEST_MS, rateOf(render));
  const chapters: Chapter[] = [];
  let start = 0;
  shots.forEach(({ frames }, index) => {
    const title = scenes[index]?.heading ?? '';
    const last = chapters.at(-1);
    const isLongEnough = !last || start - last.start >= shortest;
    if (title && title !== last?.title && isLongEnough) {
      chapters.push({ start: last ? start : 0, title });
    }
    start += frames;
  });
  const last = chapters.at(-1);
  if (last && start - last.start < shortest) chapters.pop();
  return chapters.length < FEWEST ? [] : chapters;
}

import type { Making, Replacement } from '@aura/proto';

/**
 * The downgrade report as the film has been made. A line from before any work names who comes next; that one may fail in
 * its turn. It names who of the chain has done the work of the stage, as soon as somebody has. Lines of which nothing is
 * left are taken out: of a script that another one has replaced, and of a stage that the user has filled alone. Pure.
 */
export function asMade(
  lines: readonly Replacement[],
  { making }: { making?: Making },
): Replacement[] {
  if (!making) return [...lines];
  return lines.flatMap((line) => {
    const makers = making.makers
      .filter(({ stage }) => stage === line.stage)
      .map(({ provider }) => provider);
    if (makers.length === 0) return [line];
    if (line.unit === 'writeScript') return makers.includes(line.used) ? [line] : [];
    if (line.unit !== '') return [line];
    const used = [line.used, ...chainOf(line, making)].find((name) => makers.includes(name));
    if (used === line.used) return [line];
    return used === undefined ? [] : [{ ...line, used }];
  });
}

function chainOf({ stage }: Replacement, { chains }: Making): readonly string[] {
  const byStage: Readonly<Record<string, readonly string[]>> = { ...chains };
  return byStage[stage] ?? [];
}

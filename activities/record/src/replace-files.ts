import type { Transaction } from '@aura/database';
import type { ArtifactRow } from './artifacts.js';

/**
 * The files of a film in the place of those of the film before. A file whose content is another one is its next
 * version; what the new film does not have is given out no more. Histories are of runs, and stay.
 */
export async function replaceFiles(
  tx: Transaction,
  jobId: string,
  rows: readonly ArtifactRow[],
): Promise<void> {
  const where = { jobId, kind: { not: 'history' } };
  const before = await tx.artifact.findMany({ where });
  const placesNow = new Set(rows.map(placeOf));
  for (const { kind, label } of before) {
    if (placesNow.has(placeOf({ kind, label }))) continue;
    await tx.artifact.delete({ where: { jobId_kind_label: { jobId, kind, label } } });
  }
  const known = new Map(before.map((file) => [placeOf(file), file]));
  const isNew = (row: ArtifactRow) => !known.has(placeOf(row));
  const data = rows.filter(isNew).map((row) => ({ jobId, ...row }));
  await tx.artifact.createMany({ data, skipDuplicates: true });
  for (const row of rows) {
    const old = known.get(placeOf(row));
    if (!old) continue;
    const { kind, label } = row;
    const isSame = old.sha256 === row.sha256;
    await tx.artifact.update({
      where: { jobId_kind_label: { jobId, kind, label } },
      data: {
        ...row,
        expiredAt: null,
        ...(isSame ? {} : { version: { increment: 1 }, createdAt: new Date() }),
      },
    });
  }
}

function placeOf({ kind, label }: { kind: string; label: string }): string {
  return `${kind} ${label}`;
}

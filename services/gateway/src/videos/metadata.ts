import type { Prisma } from '@aura/database';
import type { Film, JobCost, JobState, Making, Replacement, Script, Warning } from '@aura/proto';
import { artifactView } from '../download/artifact-view.js';
import { statusOf, videoUrl } from './facade.js';
import { publicMaking } from './making.js';
import type { VideoMetadata } from './metadata-schema.js';
import type { Order } from './order.js';
import { downgrade, isoOf, publicCost, publicWarning } from './status.js';

/** What of a job its metadata is made from. */
export const METADATA_COLUMNS = {
  id: true,
  state: true,
  order: true,
  script: true,
  film: true,
  scenesTotal: true,
  warnings: true,
  replacements: true,
  making: true,
  cost: true,
  correlationId: true,
  createdAt: true,
  queuedAt: true,
  startedAt: true,
  canceledAt: true,
  endedAt: true,
  artifacts: { orderBy: [{ kind: 'asc' }, { label: 'asc' }] },
} as const satisfies Prisma.JobSelect;

export type MetadataRow = Prisma.JobGetPayload<{ select: typeof METADATA_COLUMNS }>;

/** What is known in any state; the film's own numbers once it is there. `stored` are the blobs still kept. */
export function videoMetadata(row: MetadataRow, stored: ReadonlySet<string>): VideoMetadata {
  const film = row.film as Film | null;
  const script = row.script as Script | null;
  return {
    jobId: row.id,
    status: statusOf(row.state as JobState),
    title: script?.title ?? null,
    fileSizeBytes: film?.video?.bytes ?? null,
    resolution: film && `${film.widthPx}x${film.heightPx}`,
    widthPx: film?.widthPx ?? null,
    heightPx: film?.heightPx ?? null,
    fps: film?.fps ?? null,
    videoCodec: film?.videoCodec ?? null,
    hardwareEncoder: film?.hardware ?? null,
    audioCodec: film?.audioCodec ?? null,
    durationSeconds: film && film.durationMs / 1_000,
    loudnessLufs: film?.loudnessLufs ?? null,
    scenes: row.scenesTotal,
    artifacts: row.artifacts.map((artifact) =>
      artifactView(artifact, artifactUrl(row.id, artifact), stored),
    ),
    specs: row.order as unknown as Order,
    warnings: (row.warnings as unknown as Warning[]).map(publicWarning),
    ...publicMaking(row.making as Making | null),
    downgrades: (row.replacements as unknown as Replacement[]).map(downgrade),
    checks: film?.checks?.checks ?? [],
    credits: (film?.credits?.scenes ?? []).flatMap(({ sceneId, attribution }) =>
      attribution ? [{ sceneId, ...attribution }] : [],
    ),
    citations: (script?.citations?.scenes ?? []).map((citation) => ({
      ...citation,
      text: citation.text ?? null,
    })),
    analysis: script?.analysis ?? null,
    cost: publicCost(row.cost as JobCost | null),
    createdAt: row.createdAt.toISOString(),
    queuedAt: row.queuedAt.toISOString(),
    startedAt: isoOf(row.startedAt),
    completedAt: isoOf(row.endedAt),
    canceledAt: isoOf(row.canceledAt),
    correlationId: row.correlationId,
  };
}

function artifactUrl(
  jobId: string,
  { kind, label }: Pick<MetadataRow['artifacts'][number], 'kind' | 'label'>,
): string {
  if (kind === 'video' && label === '') return videoUrl(jobId);
  return [`/api/videos/${jobId}/artifacts/${kind}`, ...(label ? [label] : [])].join('/');
}

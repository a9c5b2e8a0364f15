import { STAGES, type VideoStatus, type Warning } from '@aura/proto';

const SHOWN_SCENES = 12;
const SHOWN_WARNINGS = 5;

/** What an operator reads at the top of the workflow's page in the Temporal Web UI (Markdown). */
export function currentDetails(
  { state, stage, percent, message, scenes, scenesTotal }: VideoStatus,
  failure: string,
  warnings: readonly Warning[],
): string {
  const title = STAGES.find(({ name }) => name === stage)?.title ?? stage;
  const inWork = Object.entries(scenes).filter(
    ([, doing]) => doing !== 'waiting' && doing !== 'done',
  );
  const done = Object.values(scenes).filter((doing) => doing === 'done').length;
  const lines = [
    `### ${title} · ${percent} % · ${state}`,
    message,
    ...(failure ? [`**Failed:** ${failure}`] : []),
    ...(scenesTotal > 0 ? [`${done} of ${scenesTotal} scenes done`] : []),
    ...inWork.slice(0, SHOWN_SCENES).map(([scene, doing]) => `- ${scene}: ${doing}`),
    ...warnings.slice(-SHOWN_WARNINGS).map((warning) => `- ⚠ ${warning.code}: ${warning.message}`),
  ];
  return lines.join('\n\n');
}

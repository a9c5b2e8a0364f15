import type { MakeVideoInput } from '@aura/proto';

const MAX_TOPIC = 80;

/** The line that Temporal's Web UI shows for a workflow. One line of plain words: it is rendered as Markdown. */
export function staticSummary({ brief, plan, render }: MakeVideoInput): string {
  const words = brief.text
    .replaceAll(/[^\p{L}\p{N}\p{M} .,:;?!'’-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ');
  const topic = Array.from(words.trim()).slice(0, MAX_TOPIC).join('');
  const seconds = Math.round(plan.targetDurationMs / 1_000);
  return `${topic} · ${seconds} s · ${render.aspect} · ${render.quality}`;
}

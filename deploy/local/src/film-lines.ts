import { STAGES } from '@aura/proto';
import type { FilmStatus } from './api.js';

/** One line per stage, then one for the whole film. Pure: what a terminal shows of a film in work. */
export function filmLines(status: FilmStatus): string[] {
  const stages = STAGES.map(({ title }) => stageLine(status, title));
  return [...stages, `  ${summaryOf(status)}`];
}

/** The same as one line, for logs. */
export function filmLine(status: FilmStatus): string {
  const { currentStage, message } = status;
  return [`${currentStage}: ${summaryOf(status)}`, message].filter(Boolean).join(' · ');
}

function stageLine(status: FilmStatus, title: string): string {
  const { percent, state, message } = stageOf(status, title);
  const figure = state === 'waiting' ? '' : `${percent} %`;
  return `  ${title.padEnd(12)} ${figure.padStart(5)}  ${state === 'running' ? message : state}`;
}

interface StageView {
  state: 'waiting' | 'running' | 'done' | 'failed';
  percent: number;
  message: string;
}

export function stageOf(status: FilmStatus, title: string): StageView {
  const steps = status.processingSteps.filter(({ stage }) => stage === title);
  const parts = steps.map((step) => (isOver(step) ? 100 : step.progress));
  const percent = Math.floor(
    parts.reduce((sum, part) => sum + part, 0) / Math.max(1, parts.length),
  );
  const current = steps.find(({ status: state }) => state === 'running');
  const message = current?.message ?? '';
  if (steps.some((step) => ['failed', 'canceled'].includes(step.status))) {
    return { state: 'failed', percent, message };
  }
  if (steps.length > 0 && steps.every(isOver)) return { state: 'done', percent: 100, message };
  if (current || percent > 0) return { state: 'running', percent, message };
  return { state: 'waiting', percent: 0, message };
}

function isOver(step: { status: string }): boolean {
  return step.status === 'succeeded' || step.status === 'skipped';
}

/** "43 % · 2 of 8 scenes done · about 35 s left". */
function summaryOf({
  progressPercentage,
  scenesDone,
  scenesTotal,
  etaSeconds,
}: FilmStatus): string {
  const scenes = scenesTotal > 0 ? `${scenesDone} of ${scenesTotal} scenes done` : '';
  const left = etaSeconds === null ? '' : `about ${durationText(etaSeconds)} left`;
  return [`${progressPercentage} %`, scenes, left].filter(Boolean).join(' · ');
}

/** "35 s" or "2 min 05 s". */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

import {
  ENCODING_SHARE,
  STAGES,
  STEPS,
  type StageName,
  type StepChange,
  type StepName,
} from '@aura/proto';

/** What is done of one film, counted. Everything that is shown of its progress follows from this. */
export interface Tally {
  preflight: boolean;
  script: boolean;
  scenes: number;
  narrated: number;
  drawn: number;
  encoding: number;
  encoded: number;
  assembled: boolean;
}

export const NOTHING_DONE: Tally = {
  preflight: false,
  script: false,
  scenes: 0,
  narrated: 0,
  drawn: 0,
  encoding: 0,
  encoded: 0,
  assembled: false,
};

/** Stages run in lanes side by side, yet complete in the order of the pipeline. */
export function stepsOf(tally: Tally): StepChange[] {
  const shares = sharesOf(tally);
  const begun: Record<StepName, boolean> = {
    preflight: true,
    script: tally.preflight,
    narration: tally.script,
    broll: tally.script,
    subtitles: tally.encoding + tally.encoded > 0,
    mux: tally.scenes > 0 && tally.encoded === tally.scenes,
  };
  let earlierDone = true;
  return STEPS.map(({ name }) => {
    const share = shares[name];
    earlierDone &&= share === 1;
    const state = earlierDone ? 'succeeded' : begun[name] ? 'running' : 'pending';
    return { step: name, state, percent: Math.floor(share * 100), message: '' };
  });
}

/** The stage that the film is in: the first that is not complete. */
export function stageOf(tally: Tally): StageName {
  const open = stepsOf(tally).find(({ state }) => state !== 'succeeded');
  return STEPS.find(({ name }) => name === open?.step)?.stage ?? 'compose';
}

/** 0 to 99: the weights of the stages times what is done of each. 100 is for the job that has succeeded. */
export function percentOf(tally: Tally): number {
  const shares = sharesOf(tally);
  const ofStage: Record<StageName, number> = {
    brief: shares.preflight,
    script: shares.script,
    voice: shares.narration,
    visuals: shares.broll,
    compose: shares.subtitles * ENCODING_SHARE + shares.mux * (1 - ENCODING_SHARE),
  };
  const sum = STAGES.reduce((total, { name, weight }) => total + weight * ofStage[name], 0);
  return Math.min(99, Math.floor(sum));
}

function sharesOf(tally: Tally): Record<StepName, number> {
  const ofScenes = (done: number) => (tally.scenes === 0 ? 0 : done / tally.scenes);
  return {
    preflight: tally.preflight ? 1 : 0,
    script: tally.script ? 1 : 0,
    narration: ofScenes(tally.narrated),
    broll: ofScenes(tally.drawn),
    subtitles: ofScenes(tally.encoded),
    mux: tally.assembled ? 1 : 0,
  };
}

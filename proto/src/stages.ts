/**
 * The pipeline in order. `weight` is the stage's share of the percentage (they add up to 100);
 * `retries` are extra attempts after a provider's failure, not after a worker's death.
 */
export const STAGES = [
  { name: 'brief', title: 'Brief', steps: ['preflight'], weight: 5 },
  { name: 'script', title: 'Script', steps: ['script'], weight: 20 },
  { name: 'voice', title: 'Voice', steps: ['narration'], weight: 25 },
  { name: 'visuals', title: 'Visuals', steps: ['broll'], weight: 30 },
  { name: 'compose', title: 'Composition', steps: ['subtitles', 'mux'], weight: 20 },
] as const;

export type StageName = (typeof STAGES)[number]['name'];
export type StepName = (typeof STAGES)[number]['steps'][number];

export const STEPS = STAGES.flatMap(({ name, steps }) =>
  steps.map((step) => ({ name: step, stage: name })),
);

/**
 * One row per unit of work: where it belongs in the pipeline, the time limit of one attempt, and how many extra
 * attempts its own failures get. Deaths of workers are counted apart; how long a worker may be silent is in `Limits`.
 */
export const UNITS = {
  // What preflight finds is final by its codes; these are for outages of PostgreSQL and Temporal.
  preflight: { stage: 'brief', step: 'preflight', timeoutMs: 30_000, retries: 200 },
  searchDocuments: { stage: 'brief', step: 'preflight', timeoutMs: 600_000, retries: 200 },
  writeScript: { stage: 'script', step: 'script', timeoutMs: 120_000, retries: 2 },
  measurePace: { stage: 'script', step: 'script', timeoutMs: 60_000, retries: 3 },
  narrateScene: { stage: 'voice', step: 'narration', timeoutMs: 180_000, retries: 3 },
  illustrateScene: { stage: 'visuals', step: 'broll', timeoutMs: 300_000, retries: 2 },
  encodeSegment: { stage: 'compose', step: 'subtitles', timeoutMs: 600_000, retries: 2 },
  assembleFilm: { stage: 'compose', step: 'mux', timeoutMs: 1_800_000, retries: 1 },
} as const satisfies Record<
  string,
  { stage: StageName; step: StepName; timeoutMs: number; retries: number }
>;

/** Encoding the segments is most of the compose stage's work; joining, mastering and checking is the rest. */
export const ENCODING_SHARE = 0.7;

export type UnitName = keyof typeof UNITS;

/** A script is written anew once where its film, as it was spoken, misses the length that was asked for. */
export const MOST_SCRIPTS = 2;

/** How often a picture is asked for anew that looks like an earlier one of its film. */
export const MOST_RETAKES = 2;

/** How many deaths of its worker one unit may cause before it is called poison (`WorkerCrashed`). */
export const MAX_WORKER_DEATHS = 3;

/** What a film may be at least and at most; `Limits` is how an installation is tuned. */
export const FILM_BOUNDS = {
  minDurationMs: 5_000,
  maxDurationMs: 30 * 60_000,
  maxScenes: 120,
} as const;

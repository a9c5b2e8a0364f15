import { freshWorkers, type Database } from '@aura/database';
import { chainOf, estimateCost, likelySpeechMs } from '@aura/provider';
import type { Chains, WorkerReport } from '@aura/proto';
import { z } from 'zod';
import { stageTitle } from './facade.js';
import type { GenerateRequest } from './generate-request.js';
import type { PresetName } from './making-options.js';
import { orderFrom } from './order.js';
import { unusableChoice } from './unusable-choice.js';
import { wordsOf } from './timeline/timeline-of.js';

export const estimateSchema = z
  .object({
    likelyUsd: z.number().describe('What it usually comes to, in US dollars.'),
    worstUsd: z.number().describe('What it comes to where every answer is asked for again.'),
    holds: z
      .boolean()
      .nullable()
      .describe('Whether the budget of the request holds the worst case; null where it has none.'),
    capUsd: z.number().nullable().describe('The budget of the request; null where it has none.'),
    stages: z.array(
      z.object({
        stage: z.string().meta({ enum: ['Script', 'Voice', 'Visuals'] }),
        provider: z.string().nullable().describe('Null where none can be used now.'),
        instead: z
          .array(z.string())
          .describe('Who would take its place, in the order in which they are asked.'),
        likelyUsd: z.number(),
        worstUsd: z.number(),
        priced: z
          .boolean()
          .describe(
            'False where nobody has said what it costs: set AURA_PRICES. Nothing is counted then.',
          ),
      }),
    ),
  })
  .meta({ id: 'Estimate' });

/** How this installation is set up. */
export interface EstimateDefaults {
  preset?: PresetName | undefined;
  /** The configured order of each chain; empty or absent: all providers, as registered. */
  orders?: Partial<Record<keyof Chains, readonly string[]>>;
}

export type Estimate = z.output<typeof estimateSchema>;

/**
 * What a request would cost, and who would work on it, by what the workers say now.
 * Errors: InvalidInput where it names a provider that cannot do it, DatabaseUnavailable.
 */
export class Estimates {
  constructor(
    private readonly database: Database,
    private readonly defaults: EstimateDefaults = {},
  ) {}

  async of(request: GenerateRequest): Promise<Estimate> {
    const workers = await freshWorkers(this.database);
    const failure = unusableChoice(orderFrom(request, this.defaults.preset), workers);
    if (failure) throw failure;
    return estimateOf(request, workers, this.defaults);
  }
}

/** Pure. */
export function estimateOf(
  request: GenerateRequest,
  workers: readonly WorkerReport[],
  { preset, orders = {} }: EstimateDefaults = {},
): Estimate {
  const { brief, plan, voice, choice, budget, tuning } = orderFrom(request, preset);
  const film = {
    durationMs: plan.targetDurationMs,
    briefCharacters: brief.text.length,
    isAnalysed: tuning?.analysis,
    ...ownWork(request),
  };
  const stages = (['script', 'voice', 'visuals'] as const).map((stage) => {
    const language = stage === 'voice' ? voice.language : brief.language;
    const [first, ...others] = chainOf(stage, workers, {
      language,
      choice,
      order: orders[stage],
    }).providers;
    const [cost] = first ? estimateCost(film, [first]) : [];
    return {
      stage: stageTitle(stage),
      provider: first?.name ?? null,
      instead: others.map(({ name }) => name),
      likelyUsd: cost?.likelyUsd ?? 0,
      worstUsd: cost?.worstUsd ?? 0,
      priced: cost?.isPriced ?? true,
    };
  });
  const worstUsd = sum(stages.map((stage) => stage.worstUsd));
  return {
    likelyUsd: sum(stages.map(({ likelyUsd }) => likelyUsd)),
    worstUsd,
    holds: budget?.capUsd === undefined ? null : worstUsd <= budget.capUsd,
    capUsd: budget?.capUsd ?? null,
    stages,
  };
}

/** What is known of films whose scenes the request brings. */
function ownWork({ script, timeline }: GenerateRequest) {
  if (timeline) {
    const pictures = timeline.visuals.filter(({ prompt }) => prompt != null).length;
    return { pictures, spokenMs: likelySpeechMs(wordsOf(timeline)) };
  }
  if (!script?.scenes) return {};
  const isPainted = ({ assetId, figure }: (typeof script.scenes)[number]) => !(assetId ?? figure);
  return { pictures: script.scenes.filter(isPainted).length };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

import { Failure } from '@aura/failure';
import {
  FILM_BOUNDS,
  UNITS,
  type JobRef,
  type ProviderReport,
  type Script,
  type ScriptActivities,
  type WriteScriptRequest,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress, runningActivity, unitOfWork } from '@aura/work';
import { analysisByRules } from './analysis/analysis-by-rules.js';
import { withFigures } from './figures/figure-of.js';
import { roundedPace, type Speed } from './pace.js';
import { scriptProviders } from './providers/registry.js';
import { scriptReports } from './providers/report.js';
import type { ScriptProviderDeps, ScriptProviderSettings } from './providers/script-entry.js';
import type { ScriptDesk, ScriptProvider, WrittenScript } from './script-provider.js';
import { styleFor } from './styles.js';
import { cited } from './citations/cited.js';
import { tunedScript } from './tuning/tune-script.js';

/**
 * Raised whenever something else is made of what a provider has written: figures, analysis, citations, tuning. What
 * calls to models have answered is kept under the provider's own number, for it was paid.
 */
const FINISH_RECIPE = 2;

export interface ScriptDependencies extends ScriptProviderSettings, ScriptProviderDeps {
  store: ArtifactStore;
}

/**
 * The script stage. Errors of writeScript: InvalidInput:brief, InvalidInput:provider, InvalidInput:prompts,
 * InvalidInput:script, ScriptInvalid, those of calls to vendors.
 */
export function createScriptActivities({
  store,
  vendors,
  prices,
  ...settings
}: ScriptDependencies): ScriptActivities {
  const providerNamed = scriptProviders(settings, { vendors, prices });
  return {
    writeScript: async (request) => writeScript(request, providerNamed(request.provider), store),
  };
}

/** What each script provider has and lacks on this machine, for the worker's report. */
export function probeProviders({
  vendors,
  ...settings
}: ScriptProviderSettings & Pick<ScriptProviderDeps, 'vendors'>): Promise<ProviderReport[]> {
  return scriptReports(settings, vendors);
}

async function writeScript(
  { job, brief, plan, pace, prompts, tuning, script: own, passages: found }: WriteScriptRequest,
  provider: ScriptProvider,
  store: ArtifactStore,
): Promise<Script> {
  if (!brief || !plan || !pace || !job)
    throw new Failure('InternalError', 'A script was asked for without its brief, plan or pace.');
  const order = {
    brief,
    plan,
    pace: roundedPace(pace),
    ...(prompts ? { prompts } : {}),
    ...(own ? { script: own } : {}),
    ...(found ? { passages: found.passages } : {}),
  };
  const identity = await provider.identity();
  return unitOfWork<Script>(
    store,
    {
      job,
      unit: 'writeScript',
      provider: provider.name,
      recipe: provider.recipe,
      inputs: { ...order, ...(tuning ? { tuning } : {}), identity, finished: FINISH_RECIPE },
    },
    async ({ key, signal }) => {
      progress(10, 'reading the brief');
      const script = await provider.write(
        { ...order, isAnalysed: tuning?.analysis },
        signal,
        deskFor(job, provider, store),
      );
      progress(90, `${script.scenes.length} scenes written`);
      const maxScenes = plan.maxScenes || FILM_BOUNDS.maxScenes;
      // The user's own words stay as they are.
      const film = own ? script : tunedScript(script, tuning, { pace: order.pace, maxScenes });
      const scenes = withFigures(film.scenes, film.language);
      return { ...cited(analysed({ ...film, scenes }, order.pace), order.passages), unitKey: key };
    },
  );
}

/** Rules look at what no model has looked at. */
function analysed(script: WrittenScript, pace: Speed): WrittenScript {
  const { language } = script;
  const { style } = styleFor(script.style);
  const analysis = script.analysis ?? analysisByRules(script.scenes, { style, language, pace });
  return { ...script, analysis };
}

/** Each call is a unit of its own, under the provider's name. */
function deskFor(job: JobRef, { name, recipe }: ScriptProvider, store: ArtifactStore): ScriptDesk {
  return {
    videoId: job.videoId,
    capUsd: job.capUsd,
    isLastAttempt: (runningActivity.getStore()?.failures ?? 0) >= UNITS.writeScript.retries,
    call: (what, inputs, work) =>
      unitOfWork(
        store,
        { job, unit: `writeScript.${what}`, provider: name, recipe, inputs },
        async ({ key, signal }) => ({ ...(await work({ unitKey: key, signal })), unitKey: key }),
      ),
  };
}

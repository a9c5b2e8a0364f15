import { Failure } from '@aura/failure';
import type { ProviderReport, Script, ScriptActivities, WriteScriptRequest } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { progress, unitOfWork } from '@aura/work';
import { roundedPace } from './pace.js';
import { scriptProviders, type ScriptProviderSettings } from './providers/registry.js';
import type { ScriptProvider } from './script-provider.js';

export interface ScriptDependencies extends ScriptProviderSettings {
  store: ArtifactStore;
}

/** The script stage. Errors of writeScript: InvalidInput:brief, InvalidInput:provider, ScriptInvalid. */
export function createScriptActivities({
  store,
  ...settings
}: ScriptDependencies): ScriptActivities {
  const providers = scriptProviders(settings);
  return {
    writeScript: async (request) =>
      writeScript(request, providerNamed(request.provider, providers), store),
  };
}

/** What each script provider has and lacks on this machine, for the worker's report. */
export function probeProviders(settings: ScriptProviderSettings): Promise<ProviderReport[]> {
  return Promise.all(scriptProviders(settings).map((provider) => provider.report()));
}

async function writeScript(
  { job, brief, plan, pace }: WriteScriptRequest,
  provider: ScriptProvider,
  store: ArtifactStore,
): Promise<Script> {
  if (!brief || !plan || !pace || !job)
    throw new Failure('InternalError', 'A script was asked for without its brief, plan or pace.');
  const order = { brief, plan, pace: roundedPace(pace) };
  const identity = await provider.identity();
  return unitOfWork<Script>(
    store,
    {
      job,
      unit: 'writeScript',
      provider: provider.name,
      recipe: provider.recipe,
      inputs: { ...order, identity },
    },
    async ({ key, signal }) => {
      progress(10, 'reading the brief');
      const script = await provider.write(order, signal);
      progress(90, `${script.scenes.length} scenes written`);
      return { ...script, unitKey: key };
    },
  );
}

function providerNamed(name: string, providers: readonly ScriptProvider[]): ScriptProvider {
  const found = providers.find((provider) => provider.name === name);
  if (found) return found;
  throw new Failure('InvalidInput:provider', 'There is no such script provider.', {
    details: `asked for "${name}"`,
  });
}

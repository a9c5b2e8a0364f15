import type { Client } from '@temporalio/client';
import type { Hardware } from '@aura/compose';
import { SettingsError, type Settings } from '@aura/config';
import type { Database } from '@aura/database';
import { WORKER_STAGES, type WorkerStage } from '@aura/proto';
import type { CallJournal, PriceList, Vendors } from '@aura/provider';
import type { ArtifactStore } from '@aura/storage';
import type { StageProbe } from './capabilities.js';
import { scriptSettings, visualsSettings, voiceSettings } from './provider-settings.js';

/** What serving a stage takes: its activities, and what it tells of itself. */
export interface Stage extends StageProbe {
  activities: object;
}

export interface StageDependencies {
  settings: Settings;
  store: ArtifactStore;
  temporal: Client;
  /** All calls to vendors of this process. */
  vendors: Vendors;
  prices: PriceList;
  journal: CallJournal;
  /** Only where this worker serves `record`. */
  database: Database | undefined;
}

/** The stages that AURA_STAGES names. Errors: SettingsError naming the variable. */
export function stagesIn(setting: string): WorkerStage[] {
  const names = setting.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !(WORKER_STAGES as string[]).includes(name));
  if (unknown.length > 0) {
    throw new SettingsError(`AURA_STAGES: knows ${WORKER_STAGES.join(', ')} only`);
  }
  return WORKER_STAGES.filter((stage) => names.includes(stage));
}

/** What serving these stages takes. Only their own code is loaded. */
export function createStages(
  names: readonly WorkerStage[],
  dependencies: StageDependencies,
): Promise<(Stage & { name: WorkerStage })[]> {
  let made: Promise<Hardware> | undefined;
  const hardware = () => (made ??= hardwareOf(dependencies.settings, names));
  return Promise.all(
    names.map(async (name) => ({ name, ...(await createStage(name, dependencies, hardware)) })),
  );
}

async function createStage(
  stage: WorkerStage,
  dependencies: StageDependencies,
  hardware: () => Promise<Hardware>,
): Promise<Stage> {
  switch (stage) {
    case 'workflows':
      return { activities: {} };
    case 'record':
      return recordStage(dependencies);
    case 'script':
      return scriptStage(dependencies);
    case 'voice':
      return voiceStage(dependencies);
    case 'visuals':
      return visualsStage(dependencies);
    case 'compose-cpu':
    case 'compose-gpu':
      return composeStage(dependencies, await hardware(), stage === 'compose-gpu');
  }
}

async function recordStage(dependencies: StageDependencies): Promise<Stage> {
  const { database, store, journal, temporal, settings } = dependencies;
  if (!database) throw new TypeError('a worker with the stage record has a database');
  const { createRecordActivities } = await import('@aura/record');
  return { activities: createRecordActivities({ database, store, journal, temporal, settings }) };
}

async function scriptStage({
  settings,
  store,
  vendors,
  prices,
}: StageDependencies): Promise<Stage> {
  const { createScriptActivities, probeProviders } = await import('@aura/script');
  const script = { store, vendors, prices, ...scriptSettings(settings) };
  return { activities: createScriptActivities(script), providers: () => probeProviders(script) };
}

async function voiceStage({ settings, store, vendors, prices }: StageDependencies): Promise<Stage> {
  const { createVoiceActivities, voiceProviders } = await import('@aura/voice');
  const voice = { store, vendors, prices, ...voiceSettings(settings), ...programsIn(settings) };
  return { activities: createVoiceActivities(voice), providers: () => voiceProviders(voice) };
}

async function visualsStage(dependencies: StageDependencies): Promise<Stage> {
  const { settings, store, vendors, journal, prices } = dependencies;
  const { createVisualsActivities, fontsCheck, visualsReports } = await import('@aura/visuals');
  const programs = programsIn(settings);
  const visuals = { store, vendors, journal, prices, programs, ...visualsSettings(settings) };
  return {
    activities: createVisualsActivities(visuals),
    providers: () => visualsReports(visuals, vendors),
    checks: async () => [await fontsCheck(settings.AURA_FONTS)],
  };
}

async function composeStage(
  { settings, store }: StageDependencies,
  hardware: Hardware,
  usesHardware: boolean,
): Promise<Stage> {
  const { composeChecks, createComposeActivities } = await import('@aura/compose');
  const compose = {
    store,
    ...programsIn(settings),
    encoderPreset: settings.AURA_ENCODER_PRESET,
    renderer: settings.AURA_RENDERER,
    fontsFolder: settings.AURA_FONTS,
    musicFolder: settings.AURA_MUSIC_FOLDER,
  };
  return {
    activities: createComposeActivities({ ...compose, ...(usesHardware ? { hardware } : {}) }),
    checks: async () => [...(await composeChecks(compose)), await hardware.check()],
  };
}

function programsIn({ FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath }: Settings) {
  return { ffmpegPath, ffprobePath };
}

/** The graphics hardware of this worker's machine; only who serves the GPU queue is at fault where there is none. */
async function hardwareOf(settings: Settings, stages: readonly WorkerStage[]): Promise<Hardware> {
  const { Hardware } = await import('@aura/compose');
  return new Hardware({
    ffmpegPath: settings.FFMPEG_PATH,
    wanted: settings.AURA_HARDWARE,
    device: settings.AURA_GPU_DEVICE,
    isWanted: stages.includes('compose-gpu'),
  });
}

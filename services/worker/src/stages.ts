import type { Client } from '@temporalio/client';
import { composeChecks, createComposeActivities, type Hardware } from '@aura/compose';
import { SettingsError, type Settings } from '@aura/config';
import type { Database } from '@aura/database';
import { WORKER_STAGES, type WorkerStage } from '@aura/proto';
import { createRecordActivities } from '@aura/record';
import { createScriptActivities, probeProviders as scriptProviders } from '@aura/script';
import type { CallJournal, PriceList, Vendors } from '@aura/provider';
import type { ArtifactStore } from '@aura/storage';
import { createVisualsActivities, visualsReports } from '@aura/visuals';
import { createVoiceActivities, voiceProviders } from '@aura/voice';
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
  /** The graphics hardware of this machine. */
  hardware: Hardware;
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

export function createStage(stage: WorkerStage, dependencies: StageDependencies): Stage {
  const { settings, store, temporal, database, vendors, journal, prices, hardware } = dependencies;
  const voice = {
    store,
    vendors,
    prices,
    ...voiceSettings(settings),
    ffmpegPath: settings.FFMPEG_PATH,
    ffprobePath: settings.FFPROBE_PATH,
  };
  const compose = {
    store,
    ffmpegPath: settings.FFMPEG_PATH,
    ffprobePath: settings.FFPROBE_PATH,
    encoderPreset: settings.AURA_ENCODER_PRESET,
    renderer: settings.AURA_RENDERER,
    fontsFolder: settings.AURA_FONTS,
    musicFolder: settings.AURA_MUSIC_FOLDER,
  };
  const script = { store, vendors, prices, ...scriptSettings(settings) };
  const visuals = {
    store,
    vendors,
    journal,
    prices,
    programs: { ffmpegPath: settings.FFMPEG_PATH, ffprobePath: settings.FFPROBE_PATH },
    ...visualsSettings(settings),
  };
  switch (stage) {
    case 'workflows':
      return { activities: {} };
    case 'record':
      if (!database) throw new TypeError('a worker with the stage record has a database');
      return {
        activities: createRecordActivities({ database, store, journal, temporal, settings }),
      };
    case 'script':
      return {
        activities: createScriptActivities(script),
        providers: () => scriptProviders(script),
      };
    case 'voice':
      return { activities: createVoiceActivities(voice), providers: () => voiceProviders(voice) };
    case 'visuals':
      return {
        activities: createVisualsActivities(visuals),
        providers: () => visualsReports(visuals, vendors),
      };
    case 'compose-cpu':
    case 'compose-gpu':
      return {
        activities: createComposeActivities({
          ...compose,
          ...(stage === 'compose-gpu' ? { hardware } : {}),
        }),
        checks: async () => [...(await composeChecks(compose)), await hardware.check()],
      };
  }
}

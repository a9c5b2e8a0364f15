import type { CallJournal, PriceList, ProviderEntry, ReportOptions, Vendors } from '@aura/provider';
import type { ArtifactStore } from '@aura/storage';
import type { VisualsProvider } from '../visuals-provider.js';

/** What the providers of pictures are made with, as plain values. Without its key or address none is ever called. */
export interface VisualsSettings {
  /** A folder of further fonts, used before the shipped and the installed ones. */
  fontsFolder?: string | undefined;
  openAi?: {
    key?: string | undefined;
    /** Up to and with `/v1`. */
    baseUrl?: string | undefined;
    model?: string | undefined;
    /** low, medium or high (dall-e-3: standard or hd); by the film's own quality unless given. */
    quality?: string | undefined;
  };
  comfyUi?: DiffusionSettings & {
    /** A file with a graph in ComfyUI's API format; the shipped one unless given. */
    workflowFile?: string | undefined;
    /** The model that lets a picture move, and a file with a graph that gives clips; without both none are made. */
    videoCheckpoint?: string | undefined;
    videoWorkflowFile?: string | undefined;
    /** The longest that a picture may take, waiting in ComfyUI's queue included, in ms. */
    pictureMs?: number | undefined;
  };
  automatic1111?: DiffusionSettings & {
    /** `user:password`, where it was started with --api-auth. */
    auth?: string | undefined;
  };
  pexels?: StockSettings;
  pixabay?: StockSettings;
}

export interface DiffusionSettings {
  url?: string | undefined;
  /** The model's file name as the server lists it; the server's own choice unless given. */
  checkpoint?: string | undefined;
  /** About how many pixels the model was trained on. */
  megapixels?: number | undefined;
}

export interface StockSettings {
  key?: string | undefined;
  baseUrl?: string | undefined;
}

export interface VideoPrograms {
  ffmpegPath: string;
  ffprobePath: string;
}

/** What they work with. */
export interface VisualsDeps {
  vendors: Vendors;
  journal: CallJournal;
  prices: PriceList;
  /** Where uploaded pictures lie. */
  store: ArtifactStore;
  /** The programs that read clips; those on the PATH unless given. */
  programs?: VideoPrograms | undefined;
}

/** A line of the registry of pictures; what stands here besides the common fields shapes its report. */
export interface VisualsEntry extends ProviderEntry<VisualsProvider, VisualsSettings, VisualsDeps> {
  reportOptions?: (settings: VisualsSettings) => Omit<ReportOptions, 'vendors' | 'signal'>;
}

/** The word for what adapters call here: names breakers, apart from those of other stages. */
export const PICTURES = 'pictures';

/** The programs that read clips, where nobody says otherwise. */
export const PROGRAMS: VideoPrograms = { ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' };

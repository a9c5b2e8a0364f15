import { SettingsError, type Settings } from '@aura/config';
import {
  msByName,
  PRICES,
  priceOverrides,
  type PriceList,
  type ProxySettings,
  type VendorTimeouts,
} from '@aura/provider';
import type { ScriptProviderSettings } from '@aura/script';
import type { VisualsSettings } from '@aura/visuals';
import type { VoiceSettings } from '@aura/voice';

/** What Aura knows of prices, and above it what the operator does. Errors: SettingsError naming the variable. */
export function pricesIn({ AURA_PRICES }: Settings): PriceList {
  try {
    return PRICES.with(priceOverrides(AURA_PRICES, new Date().toISOString().slice(0, 10)));
  } catch (error) {
    throw new SettingsError(`AURA_PRICES: ${error instanceof Error ? error.message : ''}`);
  }
}

export function proxiesIn(settings: Settings): ProxySettings {
  const { HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy, NO_PROXY: noProxy } = settings;
  return { httpProxy, httpsProxy, noProxy };
}

/** The time limits of calls to vendors: one for all, and one per vendor where it differs. */
export function timeoutsIn(settings: Settings): VendorTimeouts {
  return {
    defaultMs: settings.AURA_PROVIDER_TIMEOUT_MS,
    connectMs: settings.AURA_CONNECT_TIMEOUT_MS,
    firstByteMs: settings.AURA_FIRST_BYTE_TIMEOUT_MS,
    perVendor: msByName(settings.AURA_PROVIDER_TIMEOUTS),
  };
}

/** What the providers of scripts are made with. */
export function scriptSettings(settings: Settings): ScriptProviderSettings {
  return {
    wordnetPath: settings.WORDNET_PATH,
    openai: {
      key: settings.OPENAI_API_KEY,
      baseUrl: settings.OPENAI_BASE_URL,
      model: settings.OPENAI_SCRIPT_MODEL,
    },
    anthropic: {
      key: settings.ANTHROPIC_API_KEY,
      baseUrl: settings.ANTHROPIC_BASE_URL,
      model: settings.ANTHROPIC_MODEL,
    },
    ollama: { host: settings.OLLAMA_HOST, model: settings.OLLAMA_MODEL },
    openaiCompatible: {
      key: settings.OPENAI_COMPATIBLE_API_KEY,
      baseUrl: settings.OPENAI_COMPATIBLE_BASE_URL,
      model: settings.OPENAI_COMPATIBLE_MODEL,
    },
  };
}

/** What the providers of voices are made with. */
export function voiceSettings(settings: Settings): VoiceSettings {
  return {
    flitePath: settings.FLITE_PATH,
    espeakPath: settings.ESPEAK_PATH,
    festivalPath: settings.FESTIVAL_PATH,
    elevenLabs: {
      apiKey: settings.ELEVENLABS_API_KEY,
      baseUrl: settings.ELEVENLABS_BASE_URL,
      model: settings.ELEVENLABS_MODEL,
      outputFormat: settings.ELEVENLABS_OUTPUT_FORMAT,
    },
    deepgram: { apiKey: settings.DEEPGRAM_API_KEY, baseUrl: settings.DEEPGRAM_BASE_URL },
    openAi: {
      apiKey: settings.OPENAI_API_KEY,
      baseUrl: settings.OPENAI_BASE_URL,
      model: settings.OPENAI_SPEECH_MODEL,
      voice: settings.OPENAI_SPEECH_VOICE,
    },
    openAiCompatible: {
      url: settings.AURA_TTS_URL,
      apiKey: settings.AURA_TTS_API_KEY,
      model: settings.AURA_TTS_MODEL,
      voice: settings.AURA_TTS_VOICE,
      languages: settings.AURA_TTS_LANGUAGES,
    },
    piper: { url: settings.PIPER_URL },
  };
}

/** What the providers of pictures are made with. */
export function visualsSettings(settings: Settings): VisualsSettings {
  const megapixels = settings.AURA_DIFFUSION_MEGAPIXELS;
  return {
    fontsFolder: settings.AURA_FONTS,
    openAi: {
      key: settings.OPENAI_API_KEY,
      baseUrl: settings.OPENAI_BASE_URL,
      model: settings.OPENAI_IMAGE_MODEL,
      quality: settings.OPENAI_IMAGE_QUALITY,
    },
    comfyUi: {
      url: settings.COMFYUI_URL,
      checkpoint: settings.COMFYUI_CHECKPOINT,
      workflowFile: settings.COMFYUI_WORKFLOW,
      videoCheckpoint: settings.COMFYUI_VIDEO_CHECKPOINT,
      videoWorkflowFile: settings.COMFYUI_VIDEO_WORKFLOW,
      pictureMs: timeoutsIn(settings).perVendor['comfyui'],
      megapixels,
    },
    automatic1111: {
      url: settings.AUTOMATIC1111_URL,
      auth: settings.AUTOMATIC1111_AUTH,
      checkpoint: settings.AUTOMATIC1111_CHECKPOINT,
      megapixels,
    },
    pexels: { key: settings.PEXELS_API_KEY, baseUrl: settings.PEXELS_BASE_URL },
    pixabay: { key: settings.PIXABAY_API_KEY, baseUrl: settings.PIXABAY_BASE_URL },
  };
}

/** What the voices are made with, as plain values; a cloud voice without its key or address is not there. */
export interface VoiceSettings {
  /** Programs, names on PATH or paths. */
  flitePath: string;
  espeakPath: string;
  festivalPath?: string | undefined;
  elevenLabs?: {
    apiKey?: string | undefined;
    baseUrl?: string | undefined;
    model?: string | undefined;
    /** `mp3_44100_128`, `pcm_24000` …: codec, rate and bits as the vendor writes them. */
    outputFormat?: string | undefined;
  };
  deepgram?: {
    apiKey?: string | undefined;
    baseUrl?: string | undefined;
  };
  openAi?: {
    apiKey?: string | undefined;
    baseUrl?: string | undefined;
    model?: string | undefined;
    /** For every text, instead of a woman's or a man's by the logical voice. */
    voice?: string | undefined;
  };
  openAiCompatible?: {
    /** Up to and with `/v1`. */
    url?: string | undefined;
    apiKey?: string | undefined;
    model?: string | undefined;
    voice?: string | undefined;
    /** BCP 47 prefixes that the named voice speaks, separated by commas. */
    languages?: string | undefined;
  };
  piper?: {
    url?: string | undefined;
  };
}

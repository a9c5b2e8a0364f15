/** What a warning means, for people. */
export interface WarningEntry {
  /** One sentence: what has happened. */
  cause: string;
  /** What to do about it; empty where there is nothing to do. */
  remediation: string;
}

/**
 * The one table of warnings. A warning never stops a job; its code is public and never changes its meaning.
 * docs/warnings.md is generated from here.
 */
export const WARNINGS = {
  // The brief and its documents
  BriefShortened: {
    cause: 'The brief is longer than a language model is given to read; its beginning is used.',
    remediation: 'Shorten the brief, or give the text as a document.',
  },
  DocumentsOffTopic: {
    cause: 'Nothing in the documents speaks of what the brief asks for; their beginning is told.',
    remediation: 'Ask in the words of the documents, or give others.',
  },
  NotInDocuments: {
    cause: 'What a scene says was not found in the documents.',
    remediation: 'Check the scene before the film is shown.',
  },
  LanguageDetected: {
    cause:
      'No language was asked for; the film is made in the one that the brief seems to be written in.',
    remediation: 'Name another one in options.language.',
  },
  LanguageMismatch: {
    cause: 'The brief is written in another language than the one that was asked for.',
    remediation: 'Ask for the language of the brief, or write it in the one that is wanted.',
  },
  ProviderUnknown: {
    cause: 'The configured order of a chain names providers that do not exist.',
    remediation: 'Correct AURA_SCRIPT_CHAIN, AURA_VOICE_CHAIN or AURA_VISUALS_CHAIN.',
  },
  // The script
  StyleMapped: {
    cause: 'The style that was asked for does not exist; the nearest one was taken.',
    remediation: 'Name one of documentary, tutorial, listicle, news, story and promo.',
  },
  MaterialExhausted: {
    cause: 'There is not enough to say for the length that was asked for, so the film is shorter.',
    remediation: 'Write points or a text into the brief, or ask for a shorter film.',
  },
  TextShortened: {
    cause:
      'The text takes longer to read than the film lasts; only some of its sentences were kept.',
    remediation:
      'Ask for a longer film, or give the text as a script of your own, which is never shortened.',
  },
  NarrativeArc: {
    cause: 'The story of the script lacks something, which the message names.',
    remediation: 'Word the brief so that it has a beginning, a middle and an end.',
  },
  DemandingScript: {
    cause: 'The script asks a lot of the audience that it is for.',
    remediation: 'Say in the brief what may be left out, or name another audience.',
  },
  PicturesByRules: {
    cause: 'The language model did not describe the pictures of all scenes; rules described them.',
    remediation: '',
  },
  AnalysisByRules: {
    cause: 'The language model did not say how its script is built; rules looked at it instead.',
    remediation: '',
  },
  // The voice
  VoiceMapped: {
    cause: 'The voice that was asked for is not spoken by the provider; another one speaks.',
    remediation: 'Choose a voice of GET /api/voices, or configure a provider that has it.',
  },
  VoiceLimited: {
    cause: 'The voice has a weakness in this language that listeners will notice.',
    remediation: 'Configure a better voice; docs/voices.md says how each one sounds.',
  },
  NothingToSay: {
    cause: 'A scene has no words that can be spoken; it is shown in silence.',
    remediation: 'Give it words, or leave it out.',
  },
  WordCutShort: {
    cause: 'A very long word is shown whole but spoken only in part.',
    remediation: 'Part it with spaces, or say in options.delivery.pronunciations how it is spoken.',
  },
  LengthMissed: {
    cause: 'The film is more than a tenth longer or shorter than was asked for.',
    remediation: '',
  },
  // The pictures
  PicturesAlike: {
    cause: 'The picture of a scene looks like another one of the film.',
    remediation: 'Bring a picture of its own for the scene.',
  },
  GlyphsMissing: {
    cause: 'No font of this machine has some of the characters; they are left out of the picture.',
    remediation: 'Install a font that has them, for example one of the Noto family.',
  },
  // Composing
  GpuUnavailable: {
    cause: 'No GPU worker took a segment in time; the processor encoded it.',
    remediation: 'Start the GPU worker again, or more of them.',
  },
  HardwareEncodingFailed: {
    cause: 'A hardware encoder failed; the processor encoded the scene.',
    remediation: 'See the worker’s report for what the driver said.',
  },
  PreviewFailed: {
    cause: 'The rolling preview could not be made; the film itself is not touched by that.',
    remediation: 'Nothing: wait for the film.',
  },
  MusicReplaced: {
    cause: 'A piece of the music library could not be read; music was made instead.',
    remediation: 'Put a sound file that FFmpeg reads in its place.',
  },
  FolderUnreadable: {
    cause:
      'A folder of music or fonts that is configured cannot be read; the film was made without it.',
    remediation: 'Correct AURA_MUSIC_FOLDER or AURA_FONTS, or let the worker read it.',
  },
  LookSimplified: {
    cause: 'FFmpeg alone has drawn the film, which cannot do all that was asked for.',
    remediation: 'Use a worker whose processor runs the compositor.',
  },
  FilmTooLong: {
    cause: 'The platform that the film is for takes none of this length.',
    remediation: 'Ask for a shorter film.',
  },
  FilmTooShort: {
    cause: 'The platform that the film is for takes none as short as this.',
    remediation: 'Ask for a longer film.',
  },
  FilmTooLarge: {
    cause: 'The platform that the film is for takes no file of this size.',
    remediation: 'Ask for a lower quality or a shorter film.',
  },
  // Any stage
  ProviderReplaced: {
    cause: 'A provider could not always be used, and others did its work.',
    remediation: 'The job’s downgrades say where, why, and who took its place.',
  },
  MoreWarnings: {
    cause: 'There were more warnings than a job keeps.',
    remediation: '',
  },
} as const satisfies Record<string, WarningEntry>;

export type WarningCode = keyof typeof WARNINGS;

/** What the scenes of a film say in other languages: one track of captions for each. */
export interface SceneTranslations {
  tracks: TranslatedTrack[];
}

export interface TranslatedTrack {
  /** BCP 47; never that of the film. */
  language: string;
  /** By the place of the scene; empty where nothing is shown. */
  texts: string[];
}

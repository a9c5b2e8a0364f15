import type { Attribution, Figure, JobRef, Look, RenderSpec, Scene, Warning } from '@aura/proto';

/** One scene's picture, as a provider is asked for it. */
export interface PictureRequest {
  scene: Scene;
  look: Look;
  render: RenderSpec;
  /** Absent or 0 for the first; another number asks for another picture of the same scene. */
  take?: number | undefined;
}

export interface DrawnPicture {
  /** A finished image file in the scratch folder that the provider was given; its name is the provider's choice. */
  file: string;
  warnings: Warning[];
  /** Whose it is, where somebody has to be named. */
  attribution?: Attribution | undefined;
  /** See `Picture.dhash`; absent for drawings. */
  dhash?: string;
  /** What the picture shows the end of, where it can be shown building itself up. */
  figure?: Figure;
  /** What moves by itself, where the picture is one of it. */
  clip?: DrawnClip;
}

export interface DrawnClip {
  /** A silent MP4 in the scratch folder. */
  file: string;
  durationMs: number;
}

/** Where, for whom and under whose control a picture is made. */
export interface PicturePlace {
  /** A folder for the provider's files; it need not clean up. */
  scratch: string;
  /** Key of the unit of work, and the job whose book its calls stand in. */
  key: string;
  job: JobRef;
  signal: AbortSignal | undefined;
}

/**
 * What makes pictures: drawn cards, generated images, photos from stock. Whoever asks checks and publishes what
 * comes back. Nothing is tried twice here.
 */
export interface VisualsProvider {
  readonly name: string;
  /** Bumped by hand whenever this provider's own code changes what comes out. */
  readonly recipe: number;
  /** Everything that shows in the picture, and nothing else: equal inputs give equal pictures. JSON-safe. */
  inputsOf(request: PictureRequest): Promise<unknown>;
  /**
   * Makes one PNG, at least as large as the frame in both directions.
   * What cannot be drawn of the text is left out with the warning GlyphsMissing.
   * Errors: PictureInvalid; those of `Vendors`, and RESOURCE_NOT_FOUND where there is no picture for the scene; the
   * signal's reason on abort.
   */
  draw(request: PictureRequest, place: PicturePlace): Promise<DrawnPicture>;
}

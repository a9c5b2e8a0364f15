import type { Look, ProviderReport, RenderSpec, Scene, Warning } from '@aura/proto';

/** One scene's picture, as a provider is asked for it. */
export interface PictureRequest {
  scene: Scene;
  look: Look;
  render: RenderSpec;
}

export interface DrawnPicture {
  /** A finished image file in the scratch folder that the provider was given; its name is the provider's choice. */
  file: string;
  warnings: Warning[];
}

/**
 * What makes pictures: drawn cards, later generated images. Whoever asks checks and publishes what comes
 * back, so a provider only draws.
 */
export interface VisualsProvider {
  readonly name: string;
  /** Bumped by hand whenever this provider's own code changes what comes out. */
  readonly recipe: number;
  /** Everything that shows in the picture, and nothing else: equal inputs give equal pictures. JSON-safe. */
  inputsOf(request: PictureRequest): Promise<unknown>;
  /**
   * Draws one PNG, at least as large as the frame in both directions.
   * What cannot be drawn of the text is left out with the warning GlyphsMissing.
   * Errors: the signal's reason on abort.
   */
  draw(
    request: PictureRequest,
    place: { scratch: string; signal: AbortSignal | undefined },
  ): Promise<DrawnPicture>;
  /** Whether it can really draw here and now; never throws. */
  report(): Promise<ProviderReport>;
}

import type { RenderSpec } from '@aura/proto';

/** What is ordered besides the prompt, in the words of the model. All of it shows. */
export interface OpenAiOrder {
  model: string;
  n: 1;
  size: '1024x1024' | '1536x1024' | '1024x1536' | '1792x1024' | '1024x1792';
  quality: 'low' | 'medium' | 'high' | 'standard' | 'hd';
  /** Of the older models only: the newer always send base64. */
  response_format?: 'b64_json';
}

/** Models of before gpt-image have words of their own. */
const isDallE = (model: string) => model.startsWith('dall-e');

/** Pure. The size is the one that loses least when it is cut to the frame; the quality follows from the film's. */
export function orderOf(
  render: RenderSpec,
  { model, quality }: { model: string; quality?: string | undefined },
): OpenAiOrder {
  if (isDallE(model)) {
    const [wide, tall] = ['1792x1024', '1024x1792'] as const;
    const chosen =
      qualityIn(['standard', 'hd'] as const, quality) ??
      DALL_E_QUALITY[render.quality] ??
      'standard';
    const size = sizeFor(render, { wide, tall });
    return { model, n: 1, size, quality: chosen, response_format: 'b64_json' };
  }
  const [wide, tall] = ['1536x1024', '1024x1536'] as const;
  const chosen =
    qualityIn(['low', 'medium', 'high'] as const, quality) ?? QUALITY[render.quality] ?? 'medium';
  return { model, n: 1, size: sizeFor(render, { wide, tall }), quality: chosen };
}

/** A draft is looked at once; the dearest pictures are for the dearest films. */
const QUALITY: Readonly<Record<string, 'low' | 'medium' | 'high'>> = {
  draft: 'low',
  standard: 'medium',
  premium: 'medium',
  maximum: 'high',
};
const DALL_E_QUALITY: Readonly<Record<string, 'standard' | 'hd'>> = { maximum: 'hd' };

function qualityIn<T extends string>(
  known: readonly T[],
  wanted: string | undefined,
): T | undefined {
  return known.find((quality) => quality === wanted);
}

function sizeFor<Wide extends string, Tall extends string>(
  { widthPx, heightPx }: Pick<RenderSpec, 'widthPx' | 'heightPx'>,
  { wide, tall }: { wide: Wide; tall: Tall },
): Wide | Tall | '1024x1024' {
  if (widthPx === heightPx) return '1024x1024';
  return widthPx > heightPx ? wide : tall;
}

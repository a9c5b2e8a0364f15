import { encodingOf, rateOf, type RenderSpec } from '@aura/proto';

/**
 * What of an order shows in its segments, for their keys. Films that differ in container, sound or what stands
 * beside them are made of the same segments.
 */
export function segmentSpec(render: RenderSpec) {
  const { codec, quality, crf, bitrateKbps, twoPass, bitDepth, hdr } = encodingOf(render);
  const { widthPx, heightPx } = render;
  const encoding = { codec, quality, crf, bitrateKbps, twoPass, bitDepth, hdr };
  return { widthPx, heightPx, rate: rateOf(render), encoding };
}

// The film that Remotion renders: stills that are zoomed into, crossfades, a narration.
import React from 'react';
import {
  AbsoluteFill,
  Audio,
  Composition,
  Img,
  interpolate,
  registerRoot,
  Sequence,
  staticFile,
  useCurrentFrame,
} from 'remotion';

const FPS = 30;
const part = React.createElement;

function Still({ file, frames, fade }) {
  const frame = useCurrentFrame();
  const scale = interpolate(frame, [0, frames], [1, 1.1]);
  const opacity = interpolate(frame, [0, fade], [0, 1], { extrapolateRight: 'clamp' });
  const style = { width: '100%', height: '100%', objectFit: 'cover', transform: `scale(${scale})` };
  return part(AbsoluteFill, { style: { opacity } }, part(Img, { src: staticFile(file), style }));
}

function Film({ stills, narration, seconds, fadeSeconds }) {
  const [frames, fade] = [seconds * FPS, Math.round(fadeSeconds * FPS)];
  const scenes = stills.map((file, index) => {
    const place = { key: file, from: index * frames, durationInFrames: frames + fade };
    return part(Sequence, place, part(Still, { file, frames, fade }));
  });
  return part(AbsoluteFill, null, ...scenes, part(Audio, { src: staticFile(narration) }));
}

registerRoot(() =>
  part(Composition, {
    id: 'film',
    component: Film,
    fps: FPS,
    width: 1_920,
    height: 1_080,
    durationInFrames: FPS,
    defaultProps: { stills: [], narration: '', seconds: 1, fadeSeconds: 0.5 },
  }),
);

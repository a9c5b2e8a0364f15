import { expect, test } from 'vitest';
import type { FragmentVisual } from '@aura/timeline';
import { encoderArgs } from '../../segment/encoder-args.js';
import type { SegmentPlan } from '../../segment/segment-renderer.js';
import { segmentArgs } from './segment-args.js';

const render = { widthPx: 1_920, heightPx: 1_080, fps: 30, aspect: '16:9', quality: 'standard' };
const image = (sha256: string) => ({ sha256, bytes: 1, mediaType: 'image/png' });

const OWN: FragmentVisual = {
  start: 0,
  frames: 240,
  source: { image: image('a'), colour: '' },
  fit: 'cover',
  motion: {
    easing: 'linear',
    from: { x: 0.5, y: 0.5, width: 1 },
    to: { x: 0.5, y: 0.5, width: 0.9 },
    frames: 255,
  },
};

function planOf(visuals: FragmentVisual[]): SegmentPlan {
  const { widthPx, heightPx } = render;
  const fragment = { widthPx, heightPx, rate: { numerator: 30, denominator: 1 }, frames: 240 };
  return {
    render,
    language: 'en',
    preset: 'veryfast',
    fragment: { ...fragment, visuals, overlays: [], captions: [] },
    files: new Map([
      ['a', 'picture-0.png'],
      ['b', 'picture-1.png'],
    ]),
  };
}

const REQUEST = {
  encoder: encoderArgs({ quality: 'standard', preset: 'veryfast', fps: 30 }),
  output: 'segment.mp4',
  threads: 2,
};

const FIT =
  'scale=2134:1200:force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd+full_chroma_int+' +
  'full_chroma_inp:out_color_matrix=bt709:out_range=tv,format=yuv420p,crop=2134:1200,setsar=1';
const FINISH =
  'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,setsar=1[film]';

test('the arguments of a first shot, to the letter', () => {
  const captions = { file: 'captions.ass', fonts: 'fonts' };
  const args = segmentArgs(planOf([OWN]), { ...REQUEST, captions });
  const graph = args[args.indexOf('-filter_complex') + 1] ?? '';
  expect(args.slice(0, args.indexOf('-c:v')).join(' ').replace(graph, 'GRAPH')).toBe(
    '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
      '-filter_threads 2 -filter_complex_threads 2 ' +
      '-f png_pipe -format_whitelist png_pipe -protocol_whitelist file -codec_whitelist png ' +
      '-max_pixels 33554432 -threads 1 -framerate 30 -i file:picture-0.png ' +
      '-filter_complex GRAPH -map [film] -frames:v 240 -threads 2',
  );
  expect(args.at(-1)).toBe('file:segment.mp4');
  const share = 'clip((on-1-(0))/255,0,1)';
  const x = `(0.000000+(106.700000)*${share})`;
  const y = `(0.000000+(59.831250)*${share})`;
  const zoom = `((2134.000000+(-213.400000)*${share}))/1920`;
  expect(graph).toBe(
    `[0:v]${FIT},loop=loop=-1:size=1,setpts=N/(30*TB),perspective=` +
      `x0='${x}':y0='${y}':x1='${x}+2134*${zoom}':y1='${y}':` +
      `x2='${x}':y2='${y}+1200*${zoom}':x3='${x}+2134*${zoom}':y3='${y}+1200*${zoom}'` +
      `:interpolation=cubic:eval=frame,crop=1920:1080:0:0,` +
      `ass=filename=captions.ass:fontsdir=fonts,${FINISH}`,
  );
});

test('the shot before goes on moving under the transition', () => {
  const before: FragmentVisual = {
    ...OWN,
    start: -180,
    frames: 180,
    source: { image: image('b'), colour: '' },
  };
  const transition = { kind: 'wipe', frames: 15, direction: 'up', colour: '', linearLight: false };
  const args = segmentArgs(planOf([before, { ...OWN, transition }]), REQUEST);
  expect(args.filter((_arg, index) => args[index - 1] === '-i')).toEqual([
    'file:picture-1.png',
    'file:picture-0.png',
  ]);
  const graph = args[args.indexOf('-filter_complex') + 1] ?? '';
  const [tail, , mix] = graph.split(';[');
  expect(tail).toContain('clip((on-1-(-180))/255,0,1)');
  expect(tail).toContain('trim=end_frame=15[before]');
  expect(mix).toBe(`before][own]xfade=transition=wipeup:duration=0.500000:offset=0,${FINISH}`);
});

import { expect, test } from '@jest/globals';
import { motionOf } from '../motion/motion.js';
import type { SegmentPlan } from '../segment/segment-renderer.js';
import { encoderArgs } from '../segment/encoder-args.js';
import { segmentArgs } from './segment-args.js';

const render = { widthPx: 1_920, heightPx: 1_080, fps: 30, aspect: '16:9', quality: 'standard' };

const ENCODER = encoderArgs({ ...render, preset: 'veryfast' });

const FIRST: SegmentPlan = {
  render,
  frames: 240,
  preset: 'veryfast',
  still: { file: 'still.png', motion: motionOf('s05', 240, render) },
  captions: 'captions.ass',
};

const STILL =
  'scale=2152:1210:force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd+full_chroma_int+' +
  'full_chroma_inp:out_color_matrix=bt709:out_range=tv,format=yuv420p,crop=2152:1210,setsar=1';

const FINISH =
  'ass=filename=captions.ass,' +
  'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,setsar=1[film]';

test('the arguments of a first shot, to the letter', () => {
  const args = segmentArgs(FIRST, { encoder: ENCODER, output: 'segment.mp4', threads: 2 });
  const graph = args[args.indexOf('-filter_complex') + 1] ?? '';
  expect(args.join(' ').replace(graph, 'GRAPH')).toBe(
    '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
      '-filter_threads 2 -filter_complex_threads 2 ' +
      '-f png_pipe -format_whitelist png_pipe -protocol_whitelist file -codec_whitelist png ' +
      '-max_pixels 33554432 -threads 1 -framerate 30 -i file:still.png ' +
      '-filter_complex GRAPH -map [film] -frames:v 240 -threads 2 ' +
      '-c:v libx264 -preset veryfast -crf 21 -x264-params 8x8dct=1:aq-mode=3:chroma-qp-offset=-4 ' +
      '-profile:v high -flags +cgop -pix_fmt yuv420p -r 30 -fps_mode cfr ' +
      '-g 120 -force_key_frames expr:eq(n,0) ' +
      '-color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 ' +
      '-an -sn -dn -map_metadata -1 -fflags +bitexact -flags:v +bitexact ' +
      '-video_track_timescale 30000 -movie_timescale 30000 -f mp4 file:segment.mp4',
  );
  const x =
    '(st(0,2*mod(-2*(on-1+0),7)/7);st(1,mod(ld(0),1));ld(0)-0.2*ld(1)*(1-ld(1))*(1-2*ld(1)))';
  const y =
    '(st(0,2*mod(0*(on-1+0),7)/7);st(1,mod(ld(0),1));ld(0)-0.2*ld(1)*(1-ld(1))*(1-2*ld(1)))';
  expect(graph).toBe(
    `[0:v]${STILL},loop=loop=6:size=1,setpts=N/(30*TB),perspective=` +
      `x0='${x}':y0='${y}':x1='W+${x}':y1='${y}':x2='${x}':y2='H+${y}':x3='W+${x}':y3='H+${y}'` +
      ':interpolation=cubic:eval=frame,loop=loop=-1:size=7,setpts=N/(30*TB),' +
      "crop=1920:1080:'188+2*floor(-2*(floor(n/1)+0)/7)':'66+2*floor(0*(floor(n/1)+0)/7)'," +
      FINISH,
  );
});

test('a crossfade goes on with the motion of the shot before and lays it over as it fades', () => {
  const plan: SegmentPlan = {
    ...FIRST,
    still: { file: 'still.png', motion: motionOf('s02', 240, render) },
    tail: { file: 'tail.png', motion: motionOf('s03', 180, render), fromFrame: 180, frames: 15 },
    fonts: 'fonts',
  };
  const args = segmentArgs(plan, { encoder: ENCODER, output: 'segment.mp4', threads: 2 });
  expect(args.filter((_arg, index) => args[index - 1] === '-i')).toEqual([
    'file:tail.png',
    'file:still.png',
  ]);
  const graph = args[args.indexOf('-filter_complex') + 1] ?? '';
  const [tail, shot, mix] = graph.split(';[');
  expect(tail).toContain(corner('1.108000000+0.000400000'));
  expect(tail).toContain('trim=end_frame=15,format=yuva420p,fade=t=out:s=0:n=15:alpha=1[tail]');
  expect(shot).toContain(corner('1.106000000+-0.000400000'));
  expect(mix).toBe(
    `shot][tail]overlay=eof_action=pass:format=yuv420,${FINISH.replace('.ass,', '.ass:fontsdir=fonts,')}`,
  );
});

function corner(zoom: string): string {
  return `x0='W/2-960*(${zoom}*(on-1))':y0='H/2-540*(${zoom}*(on-1))'`;
}

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe } from '@aura/media';
import sharp from 'sharp';
import { makeFilm, movingFilm } from '../../testing/film-files.js';
import { visualsStage, type VisualsStage } from '../../testing/visuals-stage.js';

let stage: VisualsStage;
beforeAll(async () => {
  stage = await visualsStage();
});
afterAll(() => stage.close());

/** As a film of 456×256 shows it. */
async function shown(film: Buffer | string, mediaType = 'video/mp4') {
  const media = await stage.store.putBytes(film, mediaType);
  const picture = await stage.illustrate({
    provider: 'own-media',
    aspect: '16:9',
    scene: { media },
  });
  const file = await stage.store.localPath(picture.clip!.video);
  const codecs = ['h264'];
  return { picture, file, info: await probe('ffprobe', { file, demuxer: 'mov', codecs }) };
}

test('an uploaded clip comes out silent, no larger and no faster than the film needs, with a picture of it', async () => {
  const { picture, file, info } = await shown(await movingFilm());
  expect(picture).toMatchObject({
    provider: 'own-media',
    warnings: [],
    clip: { video: { mediaType: 'video/mp4' }, fromMs: 0, speed: 1, loop: true },
  });
  expect(picture.clip?.toMs).toBeCloseTo(1_000, -2);
  expect(picture.dhash).toBeUndefined();
  expect(info.streams).toHaveLength(1);
  expect(info.streams[0]).toMatchObject({
    codec: 'h264',
    pixelFormat: 'yuv420p',
    colorRange: 'tv',
  });
  expect(info.streams[0]).toMatchObject({ widthPx: 456, heightPx: 258, frameRate: '30/1' });
  expect((await readFile(file)).includes('secret of the owner')).toBe(false);
  const poster = sharp(await stage.bytesOf(picture));
  expect((await poster.stats()).channels.some(({ stdev }) => stdev > 20)).toBe(true);
});

test('the same clip gives the same bytes, and another frame another clip', async () => {
  const film = await movingFilm('480x270', 25);
  const media = await stage.store.putBytes(film, 'video/mp4');
  const order = { provider: 'own-media', scene: { media } };
  const other = await visualsStage();
  try {
    await other.store.putBytes(film, 'video/mp4');
    const [first, again] = [await stage.illustrate(order), await other.illustrate(order)];
    expect(again).toEqual(first);
    const tall = await stage.illustrate({ ...order, aspect: '9:16' });
    expect(tall.unitKey).not.toBe(first.unitKey);
  } finally {
    await other.close();
  }
});

test('WebM is taken, and a clip on its side is shown upright', async () => {
  const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'];
  const input = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=10:d=1'];
  const webm = await shown(await makeFilm('a.webm', ...input, ...vp9), 'video/webm');
  expect(webm.info.streams[0]).toMatchObject({ widthPx: 320, heightPx: 180 });
  const upright = ['-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=10:d=1', '-pix_fmt', 'yuv420p'];
  const sideways = Buffer.from(await makeFilm('a.mp4', ...upright));
  // The matrix of the picture's track: a quarter turn.
  const matrix = sideways.indexOf('tkhd') + 4 + 40;
  const turned = [0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000];
  for (const [at, value] of turned.entries()) sideways.writeUInt32BE(value, matrix + at * 4);
  const { info } = await shown(sideways);
  expect(info.streams[0]).toMatchObject({ widthPx: 320, heightPx: 180 });
});

test('what is no film, has no picture, is too short, too small, dark, cut off or of other files is refused', async () => {
  const whole = await movingFilm('320x180', 25);
  const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
  const small = await makeFilm('a.mp4', ...lavfi('testsrc2=s=64x48:r=10:d=1'));
  const short = await makeFilm('a.mp4', ...lavfi('testsrc2=s=320x180:r=10:d=0.2'));
  const dark = await makeFilm('a.mp4', ...lavfi('color=black:s=320x180:r=10:d=1'));
  const sound = await makeFilm('a.mp4', ...lavfi('sine=d=1'), '-c:a', 'aac');
  const list = 'ffconcat version 1.0\nfile /etc/hostname\n';
  const playlist = '#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n';
  const cut = whole.subarray(0, Math.floor(whole.length / 2));
  for (const film of [small, short, dark, sound, cut, list, playlist, 'words']) {
    await expect(shown(film)).rejects.toMatchObject({ code: 'PictureInvalid' });
  }
  const damaged = Buffer.from(whole);
  for (let at = 2_000; at < damaged.length - 4_000; at += 50) damaged[at] = 0xff;
  await expect(shown(damaged)).rejects.toMatchObject({ code: 'PictureInvalid' });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readMp4Boxes } from './mp4-boxes.js';
import { readPngSize } from './png-header.js';
import { probePackets, type MediaPacket } from './probe-packets.js';
import { probe, probeArgs } from './probe.js';
import { runFfmpeg } from './run-ffmpeg.js';
import { readWavHeader } from './wav-header.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aura-probe-'));
  const picture = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25:d=1'];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=1:r=48000'];
  const encode = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  await make([...picture, ...sound, ...encode, '-movflags', '+faststart', 'film.mp4']);
  await make([...sound, 'tone.wav']);
  await make([...picture, '-frames:v', '1', 'card.png']);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('says what a film is', async () => {
  const info = await probe('ffprobe', {
    file: 'film.mp4',
    cwd: folder,
    demuxer: 'mov',
    codecs: ['h264', 'aac'],
    countPackets: true,
  });
  expect(info.streams[0]).toMatchObject({
    type: 'video',
    codec: 'h264',
    widthPx: 64,
    heightPx: 48,
    pixelFormat: 'yuv420p',
    frameRate: '25/1',
    packets: 25,
  });
  expect(info.streams[1]).toMatchObject({ type: 'audio', codec: 'aac', sampleRateHz: 48_000 });
  expect(info.format.durationS).toBeCloseTo(1, 1);
});

test('says what a film is and names its packets in one run, also where its title has bars in it', async () => {
  const title = String.raw`a|b\c=d`;
  await make(['-i', 'film.mp4', '-c', 'copy', '-metadata', `title=${title}`, 'titled.mp4']);
  const packets: MediaPacket[] = [];
  const request = { cwd: folder, demuxer: 'mov', codecs: ['h264', 'aac'] };
  const note = (packet: MediaPacket) => packets.push(packet);
  const file = 'titled.mp4';
  const info = await probePackets('ffprobe', { ...request, file }, note);
  const setupHash = expect.any(String);
  const probed = await probe('ffprobe', { ...request, file, countPackets: true });
  const streams = probed.streams.map((stream) => ({ ...stream, setupHash }));
  expect(info).toEqual({ ...probed, streams });
  expect(info.format.tags['title']).toBe(title);
  const pictures = packets.filter(({ stream }) => stream === 0);
  expect(pictures).toHaveLength(25);
  expect(new Set(pictures.map(({ hash }) => hash)).size).toBe(25);
  expect(
    packets.every(({ pts, hash }) => Number.isInteger(pts) && /^[\da-f]{32}$/.test(hash)),
  ).toBe(true);
});

test('content does not choose its reader: a playlist named film.mp4 is refused', async () => {
  await writeFile(
    path.join(folder, 'evil.mp4'),
    '#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n',
  );
  const request = { file: 'evil.mp4', cwd: folder, demuxer: 'mov', codecs: ['h264'] };
  await expect(probe('ffprobe', request)).rejects.toMatchObject({
    code: 'FFmpegFailedExitCode:1',
  });
});

test('the arguments of a probe', () => {
  expect(probeArgs({ file: 'a.mp4', demuxer: 'mov', codecs: ['h264'] }).join(' ')).toBe(
    '-v error -of json -show_format -show_streams -show_data_hash sha256 ' +
      '-f mov -format_whitelist mov -protocol_whitelist file -codec_whitelist h264 file:a.mp4',
  );
});

test('boxes show whether the index lies before the pictures, and that a cut file lacks some', async () => {
  const film = path.join(folder, 'film.mp4');
  const types = (await readMp4Boxes(film)).map(({ type }) => type);
  expect(types.indexOf('moov')).toBeLessThan(types.indexOf('mdat'));
  await symlink('film.mp4', path.join(folder, 'same.mp4'));
  expect(await readMp4Boxes(path.join(folder, 'same.mp4'))).toHaveLength(types.length);
  await truncate(film, 3_000);
  expect((await readMp4Boxes(film)).map(({ type }) => type)).not.toContain('mdat');
});

test('a WAV says where its samples lie; a cut one, a lying one and another file are refused', async () => {
  const file = path.join(folder, 'tone.wav');
  expect(await readWavHeader(file)).toMatchObject({
    formatTag: 1,
    channels: 1,
    sampleRateHz: 48_000,
    bitsPerSample: 16,
    dataBytes: 96_000,
  });
  await truncate(file, 50_000);
  await expect(readWavHeader(file)).rejects.toThrow('longer than the file');
  await truncate(file, 20);
  await expect(readWavHeader(file)).rejects.toThrow(RangeError);
  await expect(readWavHeader(path.join(folder, 'card.png'))).rejects.toThrow('not a RIFF');
});

test('a PNG says its size; anything else is refused', async () => {
  expect(await readPngSize(path.join(folder, 'card.png'))).toEqual({ widthPx: 64, heightPx: 48 });
  await expect(readPngSize(path.join(folder, 'tone.wav'))).rejects.toThrow('not a PNG');
});

async function make(args: string[]): Promise<void> {
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', ...args], { cwd: folder });
}

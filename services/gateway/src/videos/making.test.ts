import { expect, test } from 'vitest';
import { publicMaking } from './making.js';

const chains = { script: ['rules'], voice: ['piper', 'flite'], visuals: ['cards'] };

test('who has made each scene is told scene by scene, and nobody for what is not made', () => {
  const makers = [
    { stage: 'script', sceneId: '', provider: 'rules' },
    { stage: 'visuals', sceneId: 's02', provider: 'cards' },
    { stage: 'voice', sceneId: 's01', provider: 'piper' },
    { stage: 'visuals', sceneId: 's01', provider: 'cards' },
  ];
  expect(publicMaking({ chains, makers })).toEqual({
    chains,
    makers: [
      { sceneId: 's01', script: 'rules', voice: 'piper', visuals: 'cards' },
      { sceneId: 's02', script: 'rules', voice: null, visuals: 'cards' },
    ],
  });
});

test('the scenes stand in the order of the film, also where there are more than 99 of them', () => {
  const sceneIds = Array.from({ length: 120 }, (_, at) => `s${String(at + 1).padStart(2, '0')}`);
  const makers = sceneIds.toReversed().map((sceneId) => {
    return { stage: 'voice', sceneId, provider: 'piper' };
  });
  expect(publicMaking({ chains, makers }).makers.map(({ sceneId }) => sceneId)).toEqual(sceneIds);
});

test('before the chains are fixed, and in jobs from before they were kept, there is nothing to tell', () => {
  expect(publicMaking(null)).toEqual({ chains: null, makers: [] });
});

import { expect, test } from 'vitest';
import fc from 'fast-check';
import { spokenText } from '../../text/spoken-text.js';
import { readAlignment, wordTimes } from './character-times.js';

/** A tenth of a second for each character. */
function alignmentOf(characters: string[]) {
  return {
    characters,
    character_start_times_seconds: characters.map((_, index) => index / 10),
    character_end_times_seconds: characters.map((_, index) => (index + 1) / 10),
  };
}

function timesOf(words: string[], characters: string[]) {
  const alignment = readAlignment(alignmentOf(characters));
  return (
    alignment &&
    wordTimes(spokenText(words), alignment).map((time) => time && [time.startMs, time.endMs])
  );
}

test('a word lasts from its first letter to its last, without the marks around it', () => {
  expect(timesOf(['“Hi,”', '🎉', 'you!'], Array.from('"Hi," you!'))).toEqual([
    [100, 300],
    undefined,
    [600, 900],
  ]);
});

test('spaces that the vendor leaves out or adds do not matter', () => {
  expect(timesOf(['Hi', 'you'], Array.from('Hiyou'))).toEqual([
    [0, 200],
    [200, 500],
  ]);
  expect(timesOf(['Hi', 'you'], Array.from('Hi  you '))?.[1]).toEqual([400, 700]);
});

test('an entry may hold a whole letter of several code points', () => {
  expect(timesOf(['né', 'so'], ['n', 'é', ' ', 's', 'o'])?.[0]).toEqual([0, 200]);
});

test('characters that were not sent give no times at all', () => {
  expect(timesOf(['1984'], Array.from('nineteen'))).toEqual([undefined]);
  expect(timesOf(['Hi', 'you'], Array.from('Hi'))).toEqual([undefined, undefined]);
});

test('an alignment that contradicts itself is none, whatever it holds', () => {
  const good = alignmentOf(['a', 'b']);
  expect(readAlignment(good)).toBeDefined();
  const spoiled = [
    undefined,
    [],
    { ...good, characters: ['a'] },
    { ...good, character_start_times_seconds: [1, 0.5] },
    { ...good, character_end_times_seconds: [null, 1] },
    { ...good, character_start_times_seconds: [0, Number.NaN] },
    { ...good, character_end_times_seconds: [-1, 1] },
  ];
  for (const alignment of spoiled) expect(readAlignment(alignment)).toBeUndefined();
  fc.assert(
    fc.property(fc.anything(), (value) => {
      readAlignment(value);
    }),
  );
});

import type { Stock } from './stock.js';

/**
 * The topic's own meaning. {D} is a whole clause from the dictionary ("a volcano is a mountain formed by
 * volcanic material"), {D^} the same with a capital, {g} the definition alone.
 */
export const DEFINITIONS: Stock = {
  any: [
    '{D^}.',
    'Start with the plain meaning: {D}.',
    'The dictionary is brief about it: {D}.',
    'In one sentence, {D}.',
    'Here is the definition that we work with: {D}.',
    'Put simply, {D}.',
    'Ask a dictionary, and the answer is that {D}.',
    'By definition, {D}.',
  ],
  documentary: [
    'At the center stands one sentence: {D}.',
    'According to the dictionary, {D}.',
    'What the entry says first is this: {D}.',
    'The first line of the entry is clear: {D}.',
  ],
  tutorial: [
    'Write this down first: {D}.',
    'The core idea is that {D}.',
    'Remember one thing above all: {D}.',
    'Everything rests on this: {D}.',
  ],
  listicle: [
    '{D^}, and that is where the list begins.',
    '{D^}.',
    'As our dictionary puts it, {D}.',
    'To begin with, {D}.',
  ],
  news: [
    'The facts first: {D}.',
    'For the record, {D}.',
    'The official wording: {D}.',
    'As the dictionary has it, {D}.',
  ],
  story: [
    'And there, in small print, it says that {D}.',
    'The first line reads like a key: {D}.',
    'The finger stops, and the line says this: {D}.',
    'Under the lamp, the entry is easy to read: {D}.',
  ],
  promo: [
    'Here it is in one line: {D}.',
    'The short version? {D^}.',
    'What you get is this: {D}.',
    'Straight to the point: {D}.',
  ],
};

/** Another sense of the same word: {g2} is its definition. */
export const OTHER_SENSES: Stock = {
  any: [
    'The same word has another use: {g2}.',
    'There is another meaning on file, {g2}.',
    'Careful, though: {w} can also stand for {g2}.',
    'Turn the word over and you find another sense, {g2}.',
    'In another sense, {w} stands for {g2}.',
    'Words like to do more than one job, and here is another: {g2}.',
    'Elsewhere, the very same word means {g2}.',
    'One entry further down, {w} turns up again, this time for {g2}.',
    'And the meaning can shift: {w} also names {g2}.',
    'Not to be confused with its namesake: {g2}.',
  ],
  tutorial: [
    'A common trap: {w} has another meaning as well, {g2}.',
    'Keep one more meaning in mind: {g2}.',
  ],
  news: [
    'A note on usage: {w} may also refer to {g2}.',
    'Readers should know that {w} also means {g2}.',
  ],
  story: [
    'But the page has a twist: the same word can be {g2}.',
    'Some lines below, the word leads another life: {g2}.',
  ],
  promo: [
    'And you get more than one meaning for one word, for instance {g2}.',
    'There is a bonus meaning, too: {g2}.',
  ],
};

/** What the topic is a kind of: {h} the wider word, {hg} its definition. */
export const BROADER: Stock = {
  any: [
    'Step back, and the wider word is {h}: {hg}.',
    'That belongs to a larger family, and the family name is {h}, meaning {hg}.',
    'One level up in the tree of words stands {h}: {hg}.',
    'Widen the view, and you reach the heading {h}, which covers {hg}.',
    'The dictionary files {w} under {h}, that is, {hg}.',
    'Behind {w} stands a broader idea: {h}, or {hg}.',
    'Seen from further away, {w} comes under {h}: {hg}.',
    'The entry on {w} hangs on a higher branch, labeled {h}: {hg}.',
    'Ask what sort of thing that is, and the answer is {h}: {hg}.',
    'The umbrella term is {h}, defined as {hg}.',
    'In the order of things, {w} has a place under {h}: {hg}.',
    'Follow the entry on {w} upwards, and you arrive at {h}: {hg}.',
  ],
  tutorial: [
    'To place {w}, learn the wider term as well: {h}, meaning {hg}.',
    'Think of {w} as one drawer in a bigger cupboard, marked {h}: {hg}.',
  ],
  news: [
    'For context, the wider category is {h}: {hg}.',
    'The background is a broader term, {h}: {hg}.',
  ],
  story: [
    'The entry points upwards, to a wider relative: {h}, {hg}.',
    'A small arrow leads to a bigger word, {h}: {hg}.',
  ],
  promo: ['And {w} comes from good company: the family of {h}, meaning {hg}.'],
};

/** Other names for the same thing. */
export const OTHER_NAMES: Stock = {
  any: [
    'There are other names for {w} as well: {names}.',
    'You may also meet the same thing as {namesOr}.',
    'Another way to say {w} is {namesOr}.',
    'Other names on record for {w}: {names}.',
    'Elsewhere you will read {namesOr} instead of {w}.',
    'Do not be confused if somebody says {namesOr}; the meaning is the same.',
    'The same entry lists {names} beside {w}.',
    'In the dictionary, {w} shares an entry with {names}.',
  ],
};

/** From the topic to a word that came up with it. */
export const DEEPER_TURNS: Stock = {
  any: [
    'One word that came up deserves a visit of its own: {w}.',
    'Let us stay with {w} for a moment.',
    'Take one step to the side, to {w}.',
    'To see more, follow the link to {w}.',
    'From here the dictionary points to {w}.',
    'There was a word in passing that we should not pass by: {w}.',
    'A closer look at {w} helps.',
    'Behind the first entry waits another one, for {w}.',
    'Now open the entry for {w}.',
    'The next door is marked {w}.',
    'It is worth knowing {w} as well.',
    'A related entry adds to the picture: {w}.',
  ],
};

/** From one word of the topic to the next. */
export const TURNS: Stock = {
  any: [
    'So much for that word; the next one is {w}.',
    'That leaves {w}.',
    'Now for the other word in the topic, {w}.',
    'Let us turn to {w}.',
    'There is one more word to look at: {w}.',
    'The picture is not complete without {w}.',
    'And what about {w}?',
    'Which brings us to {w}.',
    'Over to {w}, then.',
    'Next in line is {w}.',
  ],
};

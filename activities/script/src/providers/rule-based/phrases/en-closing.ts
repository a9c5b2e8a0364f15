import type { Stock } from './stock.js';

/** A look back, made of the names that came up. {first} and {last} are two of them, {many} a few. */
export const RECAPS: Stock = {
  any: [
    'From {first} to {last}: that is how far one word can reach.',
    'We started with {w} and ended up with {last}.',
    'So much for {many}.',
    'Between {first} and {last}, the word has shown a few of its sides.',
    'If three names stay with you, let them be {many}.',
    'Looking back, we met {many}.',
    'The road led past {many}.',
    'Who would have thought that {w} leads to {last}?',
    'Put {many} side by side, and the subject has a shape.',
    'Along the way came {many}, and each had an entry of its own.',
  ],
  tutorial: [
    'Time to repeat: {many}.',
    'Test yourself: can you still explain {many}?',
    'Cover the screen and try to define {many}.',
  ],
  listicle: ['That was the list, from {first} to {last}.', 'Your favorite? Ours might be {last}.'],
  news: ['In short: {many} were the names in this bulletin.', 'To sum up, the terms were {many}.'],
  story: [
    'The trail began at {first} and ended, for today, at {last}.',
    'The lamp goes out over {first}, {last} and all the rest.',
  ],
  promo: ['Now {many} are yours to use.', 'You came for {w}, and you leave with {last} as well.'],
};

/** Last words. */
export const FAREWELLS: Stock = {
  any: [
    'The next time you hear {W}, you will know where it stands.',
    'A word is only a beginning; the rest is yours to explore.',
    'There is always more to say about {T}, and now you have the words for it.',
    'Look it up again some day, and follow another branch.',
    'That is {P} as the dictionary sees it.',
    'What would you add to the entry on {w}?',
    'The dictionary closes here, and your own questions begin.',
    'Ask one more question about {T} today, and see where it leads.',
    'Thank you for watching, and keep asking what words mean.',
    'Now it is your turn to explain {T} to somebody else.',
  ],
  documentary: [
    'Definitions do not end a subject; they open it.',
    'The map is not the land, but it shows where to walk.',
    'And so the entry ends, though the subject does not.',
    'We leave {P} here, a little better described than before.',
    'What remains is to look for yourself.',
  ],
  tutorial: [
    'Lesson done; explain it to a friend, and it will stay.',
    'Practice by using each word in a sentence of your own.',
    'You now have the vocabulary; the practice is up to you.',
    'Repeat the definition once from memory, and you are ready for more.',
    'Go over the list tomorrow, and see what has stayed.',
  ],
  listicle: [
    'How many did you know beforehand?',
    'List finished, curiosity not, we hope.',
    'Which entry would you have put first?',
    'End of the list; add your own.',
  ],
  news: [
    'That concludes this briefing on {P}.',
    'So much for the background; the rest will follow.',
    'This was the bulletin on {P}.',
    'We will leave it there for now.',
  ],
  story: [
    'The book is shut, the lamp goes out, and the word stays with you.',
    'And that is where this story stops: at the end of an entry, and the start of a thought.',
    'Somebody will open the page again, perhaps you.',
    'The last line ends with a full stop, but the story of a word never does.',
  ],
  promo: [
    'So go on, say it with confidence: {w}.',
    'Take {T} with you, and pass the word on.',
    'Now you know the words. The next step is yours.',
    'Get closer to {T}; you have made a start.',
  ],
};

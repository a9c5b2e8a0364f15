import type { Stock } from './stock.js';

/** First words. They must hold for every topic: what it is called is all that is known about it here. */
export const HOOKS: Stock = {
  any: [
    'What do we really mean when we say {w}?',
    'Here is a question worth a moment: what {is} {T}, exactly?',
    'Let us take a closer look at {P}.',
    'Some subjects reward a second look, and this may be one of them: {P}.',
    'How would you explain {T} to someone who has never heard the word?',
    'Say {W}, and no two people will picture quite the same thing.',
    'Our subject is {P}, and we begin with the words themselves.',
    'How much can one film say about {T}?',
    'It is easy to talk about {T}, and harder to say what the word covers.',
    'Stop for a moment at a single word: {w}.',
  ],
  documentary: [
    'This is a film about {P}.',
    'Behind a word like {w} there is usually a whole neighborhood of other words.',
    'We set out to describe {P} as plainly as we could.',
    'Every subject has a map, and this is one for {P}.',
    'Where does one begin with a subject like {P}?',
    'Look {w} up, and one entry leads to the next.',
    'The camera rests on a single subject today: {P}.',
  ],
  tutorial: [
    'In this lesson we work our way through {P}, one step at a time.',
    'By the end of this lesson, you will have the key words of {P} in order.',
    'Ready to learn? The subject is {P}.',
    'Here is a short course on {P}, starting from nothing.',
    'If {P} {isP} new to you, you are in the right place.',
    'Take a pen if you like: this is a lesson on {P}.',
    'Learning goes faster with the right words, so here are the ones for {P}.',
  ],
  listicle: [
    '{N^} stops on a tour of {P}.',
    'Here {areN} {N} {thingsN} to know about {P}.',
    'Counting begins now: {N} {pointsN} on {P}.',
    '{N^} short {chaptersN} on {P}, and you can keep score.',
    'How many of these {N} {pointsN} about {P} can you name before we do?',
    'A list, then, of {N} {entriesN}, and all of them concern {P}.',
  ],
  news: [
    'Our top story: {P}.',
    'Good day. This bulletin is about {P}.',
    'The subject that leads this program is {P}.',
    'In focus now: {P}.',
    'Here is the briefing on {P}.',
    'One subject fills this bulletin from start to finish, and it is {P}.',
    'We open with the background to {P}.',
  ],
  story: [
    'Imagine an old dictionary on a table, open at the letter {L}.',
    'This story begins with a single word on an empty page: {w}.',
    'Picture a quiet library, a lamp, and somebody who looks up one word.',
    'Once you start asking about {P}, one word leads to another.',
    'Somebody, somewhere, asks what {w} means, and that is where we come in.',
    'Close your eyes for a second and think of {T}.',
    'Every journey needs a first step, and ours is a word: {w}.',
  ],
  promo: [
    'Meet {T}, properly this time.',
    'Give us a moment, and we will give you the words for {P}.',
    'Curious about {P}? Then stay with us.',
    'Ready for a fresh look at {P}?',
    'You may know the name; now get to know {T}.',
    'There is more than one way into {P}, and here is ours.',
    'Why settle for half an idea of {T}?',
  ],
};

/** A second sentence for the opening; none is needed. */
export const LEAD_INS: Stock = {
  any: [
    'We go from the plain meaning to the finer points.',
    'No guesswork here, only what a good dictionary has to say.',
    'The answer starts smaller than you might expect, with a definition.',
    'A dictionary is our guide, and it is a patient one.',
    'First the meaning, then the company it keeps.',
    'Everything that follows comes straight from the entries.',
    'Words first, opinions later.',
    'Here we go.',
    'We keep to what the entries say, and they say a good deal.',
    'There is no need to know anything beforehand.',
    'It begins, as so many things do, with a definition.',
  ],
  documentary: [
    'We let the entries speak, one after the other.',
    'What follows is an inventory, from the center outwards.',
    'Our source is a dictionary; our method is to read it closely.',
    'Slowly, a picture comes together.',
  ],
  tutorial: [
    'Each step builds on the one before.',
    'Nothing to install, nothing to memorize, just follow along.',
    'Pause whenever you want to repeat a word.',
    'We start easy and add one idea at a time.',
  ],
  listicle: [
    'Some you will know, and some may surprise you.',
    'In no strict order, although we do start with the basics.',
    'Short entries, no padding.',
    'Keep your own favorite in mind for the end.',
  ],
  news: [
    'Here is what the record shows.',
    'We have gone through the entries so that you do not have to.',
    'First the essentials, then the details.',
    'These are the terms that you will want to have straight.',
  ],
  story: [
    'The page is full of small print, and every line opens a door.',
    'A finger runs down the column and stops.',
    'What comes next is a chain of small discoveries.',
    'Nobody knows yet where the trail will end.',
  ],
  promo: [
    'No jargon, no detours.',
    'Lean back; the good part comes quickly.',
    'One idea at a time, and none too many.',
    'All you bring is your attention.',
  ],
};

/** Who the film is for; used when the brief says so. */
export const AUDIENCES = {
  named: [
    'This one is made for {audience}.',
    'We had {audience} in mind when we put this together.',
    'Whoever you are, you are welcome, but this is above all for {audience}.',
    'To {audience}, in particular: this is for you.',
  ],
  children: [
    'Ready, explorers?',
    'This one is for everybody who likes to ask why.',
    'Big words are allowed here, because we will explain them.',
    'Eyes open, ears open, and off we go!',
    'Do you like finding things out? Then come along!',
  ],
  expert: [
    'You may know the field; here are its terms, side by side.',
    'For those who already work with the subject, precision is the point here.',
    'We keep the technical wording where it matters.',
  ],
};

/** Titles around a noun that the dictionary knows, in title case; other topics stand for themselves. */
export const TITLES: Stock = {
  any: ['{Title}', 'A Closer Look at {Title}', 'All About {Title}'],
  documentary: ['{Title}', 'The World of {Title}', 'A Portrait of {Title}'],
  tutorial: ['{Title}: The Basics', 'Understanding {Title}', 'An Introduction to {Title}'],
  listicle: ['{n} Things to Know About {Title}', '{Title} in {n} Points'],
  news: ['{Title} in Brief', 'In Focus: {Title}'],
  story: ['The Story of {Title}', 'On the Trail of {Title}'],
  promo: ['Meet {Title}', 'Get to Know {Title}', 'Discover {Title}'],
};

/** From the brief's wording to the words that the dictionary knows: {words} are these. */
export const BRIDGES: Stock = {
  any: [
    'Before that can be told, the terms must be clear: {words}.',
    'The way in leads through {words}.',
    'Every answer starts with the terms it uses, and that leads us to {words}.',
    'We take the words first, beginning with {words}.',
    'To get there, we need to know what is meant by {words}.',
    'What stands behind it? Above all, {words}.',
    'The key to it lies in {words}.',
    'So let us be exact about {words}.',
    'That sends us to the dictionary, to look up {words}.',
    'It all turns on {words}.',
    'First, then, a closer look at {words}.',
  ],
};

/** After a question that the topic itself asks. */
export const QUESTION_LEADS: Stock = {
  any: [
    'A good question, and it deserves clear terms first.',
    'We cannot settle that here, but we can get the words straight.',
    'Let us see what the words in the question mean.',
    'Whatever your answer is, it starts with definitions.',
    'Opinions differ, definitions less so, and we begin with those.',
    'Let us see.',
    'A fair question, and not a small one.',
    'Good question.',
    'The first step to an answer is to know what we are asking about.',
    'It is easier to answer once the terms are clear.',
  ],
};

/** Headings of the last card. */
export const CLOSING_HEADINGS: Stock = {
  any: [
    'Keep asking',
    'Where next?',
    'One word further',
    'To be continued, by you',
    'Look it up',
    'Until the next word',
  ],
  documentary: ['The entry ends here', 'What remains'],
  tutorial: ['Your turn', 'Practice'],
  listicle: ['That was the list', 'Your own list?'],
  news: ['In short', 'End of the briefing'],
  story: ['The last line', 'The book is shut'],
  promo: ['Your next step', 'Say it with confidence'],
};

/** What was asked for beyond the topic and goes beyond a dictionary: {wishes}, clauses such as "why they erupt". */
export const OPEN_WISHES: Stock = {
  any: [
    'That leaves some things to find out: {wishes}.',
    'Take these questions further: {wishes}.',
    'With the words in place, one can go on and ask {wishes}.',
    'What remains to explore is {wishes}.',
    'Keep these in mind for your own search: {wishes}.',
    'From here the way leads on to {wishes}.',
  ],
};

/** Second sentences for films that no dictionary entry helps with. */
export const OPEN_LEADS: Stock = {
  any: [
    'We bring no ready answers, only good questions.',
    'Instead of answers, here is a way to find your own.',
    'Let us go at it with questions.',
    'Nobody has to be an expert to ask well.',
    'What follows is a set of things to look for.',
    'The quickest way into any subject is to ask.',
    'Take what follows as a list of doors to try.',
  ],
};

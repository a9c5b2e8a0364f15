import type { Stock } from './stock.js';

/** What the film will go through; {N} how many points, {list} their names. */
export const OVERVIEWS: Stock = {
  any: [
    'We go through {N} points, one after the other.',
    'There are {N} points on the way.',
    'Our route has {N} stops.',
    'It takes {N} points to tell it.',
    '{N^} points, in this order.',
    'The plan is simple and has {N} parts.',
  ],
  tutorial: ['There are {N} steps, and we take them in order.', 'It is done in {N} steps.'],
  listicle: ['The list has {N} entries.', 'Here come {N} points, counted one by one.'],
  news: ['These are the {N} points in brief.', 'We report on {N} points.'],
  story: ['It unfolds in {N} parts.', 'There are {N} turns along the way.'],
  promo: [
    'Here are {N} good reasons to look closer.',
    '{N^} points, and each deserves its moment.',
  ],
};

/** One manner of counting per film: {O} an ordinal ("First"), {N} the number as a word, {p} the point. */
export const POINT_MANNERS: Stock = {
  any: ['{O}: {p}', 'Point {N}: {p}', 'Number {N}: {p}', 'Part {N}: {p}'],
  documentary: ['{O}: {p}', 'Part {N}: {p}', 'Chapter {N}: {p}'],
  tutorial: ['Step {N}: {p}', '{O} step: {p}'],
  listicle: ['Number {N}: {p}'],
  news: ['Item {N}: {p}', '{O} item: {p}'],
  story: ['Part {N}: {p}', 'Chapter {N}: {p}'],
  promo: ['Number {N}: {p}', '{O}: {p}'],
};

/** Remarks after a point that stands on its own; true of any point. */
export const POINT_REMARKS = [
  'Take a moment for this one.',
  'Keep that in mind as we go on.',
  'It deserves your full attention.',
  'What does that look like where you are?',
  'Think of one example from your own experience.',
  'If anything is unclear here, stop and ask.',
  'Write it down in your own words.',
  'Who could tell you more about this?',
  'Say it aloud once before you go on.',
  'Try to picture it before you read on.',
  'How would you explain this point to a friend?',
  'Ask yourself what would happen without it.',
  'It is worth a second thought.',
  'What do you already know about this?',
  'Give it the time it needs.',
  'Which question comes to mind first?',
  'Notice what is new to you here, and what is not.',
  'Look for it the next time you get the chance.',
  'What would you add to this point?',
  'Compare it with what you expected.',
  'Talk it over with somebody who sees it differently.',
  'Leave it for a moment, and come back to it later.',
];

/** A look back over the points; {list} their names. */
export const POINT_RECAPS: Stock = {
  any: [
    'Once more, in short: {list}.',
    'So the points were these: {list}.',
    'Let us go over it again: {list}.',
    'Taken together: {list}.',
    'In one breath: {list}.',
    'To sum up: {list}.',
  ],
  tutorial: ['Here are the steps again: {list}.'],
  listicle: ['The whole list once more: {list}.'],
  news: ['The points again: {list}.'],
};

/** Last words of a film made from an outline. */
export const POINT_FAREWELLS: Stock = {
  any: [
    'The rest is up to you.',
    'Now you have the whole picture, point by point.',
    'Pick the point that matters most to you, and start there.',
    'Which of these points would you have put first?',
    'Keep the list, and add to it.',
    'That is {P}, from the first point to the last.',
    'Thank you for watching.',
    'Go through the points once more, and make them your own.',
  ],
  tutorial: [
    'Now it is your turn: begin with step one.',
    'Follow the steps once, and they will feel easier the next time.',
  ],
  news: ['That is where we leave it for now.'],
  story: ['And that is the end of the outline, though perhaps not of the story.'],
  promo: ['Now it is your move.'],
};

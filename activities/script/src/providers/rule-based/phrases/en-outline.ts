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
  any: ['Point {N}: {p}'],
  documentary: ['{O}: {p}', 'Part {N}: {p}', 'Chapter {N}: {p}'],
  tutorial: ['Step {N}: {p}'],
  listicle: ['Number {N}: {p}'],
  news: ['Item {N}: {p}', '{O}: {p}'],
  story: ['Part {N}: {p}', 'Chapter {N}: {p}'],
  promo: ['Number {N}: {p}', '{O}: {p}'],
};

/** Remarks after a point that names a thing; true of any. */
export const POINT_REMARKS = [
  'Take a moment for this one.',
  'Keep that in mind as we go on.',
  'It is worth a second thought.',
  'How would you explain this point to a friend?',
  'What would you add to this point?',
  'Compare it with what you expected.',
  'Who could tell you more about this?',
  'Look into it on your own, if you like.',
  'Here it helps to ask questions.',
  'Note it down in your own words.',
  'There is more to read about it, if you want to.',
  'Talk it over with somebody who sees it differently.',
  'Leave it for a moment, and come back to it later.',
  'Ask yourself where you have met it before.',
];

/** Remarks after a step that tells what to do. */
export const STEP_REMARKS = [
  'Take your time with this.',
  'There is no need to hurry.',
  'Check it once before you go on.',
  'If it does not work at once, try again.',
  'Watch closely what happens.',
  'Do it slowly the first time.',
  'When you are done, move on.',
  'Pause here until you are ready.',
  'Ask for help if you are not sure.',
  'Get everything ready before you start on this.',
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

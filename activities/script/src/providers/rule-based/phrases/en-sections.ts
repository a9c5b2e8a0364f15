import type { Stock } from './stock.js';

/** How many kinds there are: {n}/{N} the number, {k} the topic's word. */
export const KINDS_COUNT: Stock = {
  any: [
    'The dictionary keeps {N} kinds of {k} apart.',
    'Count the kinds of {k} in the dictionary, and you reach {N}.',
    'There are {N} entries for kinds of {k} alone.',
    'Below {w}, the dictionary opens {N} smaller drawers.',
    'No fewer than {N} kinds of {k} have an entry of their own.',
    'One word, {N} varieties: that is how many kinds of {k} the dictionary names.',
    'The entry on {w} branches out, and it does so {N} times.',
    'From the one trunk called {w} grow {N} branches.',
  ],
};

/** Some kinds: {list} as words, {things} with their articles. */
export const KINDS: Stock = {
  any: [
    'Among the kinds of {k} are {things}.',
    'Kinds of {k}? The dictionary names {things}.',
    'There is more than one kind of {k}: {things}, to name only these.',
    'Narrow {W} down, and you meet {things}.',
    'Under the roof of {W} live {things}.',
    'For {T}, more precise words are at hand: {list}.',
    'Whoever wants to be exact about {T} can choose between {thingsOr}.',
    'The family of {w} includes {things}.',
    'Sort {T} into kinds, and the labels read {list}.',
    'Look one level below {w}, and the names are {list}.',
    'It pays to tell the kinds of {k} apart: {things}.',
    'Each of these is a kind of {k}: {things}.',
  ],
  tutorial: [
    'Now learn the kinds of {k}: {things}.',
    'Sort what you know about {T} into types, such as {things}.',
  ],
  news: ['The kinds of {k} on record include {things}.', 'Named in the entry on {w} are {things}.'],
  story: [
    'The next lines introduce the family of {w}: {things}.',
    'Then the relatives of {w} come in, one after the other: {things}.',
  ],
  promo: [
    'When it comes to {T}, take your pick: {thingsOr}.',
    'There is a kind of {k} for every taste: {things}.',
  ],
};

/** Examples with names of their own. */
export const INSTANCES: Stock = {
  any: [
    'Some have names of their own: {things}.',
    'The dictionary knows a few by name: {things}.',
    'Famous enough for an entry are {things}.',
    'There are names to go with {w}, among them {things}.',
    '{W^} also comes with proper names: {things}.',
    'Known by name, and listed one by one, are {things}.',
    'On the roll of names under {w} you find {things}.',
    'From {w} in general to names in particular: {things}.',
    'Ask for {w} by name, and the entries offer {things}.',
    'Proper names belong to the picture, too: {things}.',
  ],
};

export const INSTANCES_COUNT: Stock = {
  any: [
    'The dictionary lists {N} {Ts} by name.',
    'As many as {N} {Ts} have an entry under a name of their own.',
    'By name alone, you can look up {N} {Ts}.',
    'The roll of names under {w} has {N} entries.',
    'Look for {Ts} with names, and you find {N}.',
    'For {w}, the dictionary holds {N} proper names.',
  ],
};

export const PARTS: Stock = {
  any: [
    'Take {A} apart, and you get {things}.',
    'The parts have names of their own: {things}.',
    'Look inside, and the dictionary points to {things}.',
    'To {A} belong {things}.',
    'What belongs to {A}? Among other things, {things}.',
    'Some parts worth knowing: {things}.',
    'Piece by piece, the entry on {w} mentions {things}.',
    'Seen up close, {A} {isA} a matter of {things}.',
    'The whole has parts, and some of them are {things}.',
    'Zoom in on {A}, and you can tell {things} apart.',
  ],
  tutorial: ['Learn the parts by name: {things}.'],
  story: ['Look closer, and smaller shapes appear: {things}.'],
};

/** What the topic is part of. */
export const WHOLES: Stock = {
  any: [
    '{W^} also names a part of something larger: {things}.',
    'Turn the question round: where does {A} belong? The entry says {things}.',
    'There is a bigger whole to {A} as well: {things}.',
    'As a part, {A} turns up in {things}.',
    'Put {A} back in place, and you get {things}.',
  ],
};

/** Words of the trade: terms that the dictionary assigns to the topic. */
export const TERMS: Stock = {
  any: [
    'The subject has a language of its own, with words such as {list}.',
    'Around {w} a special vocabulary has grown: {list}.',
    'Some words mean something special here: {list}.',
    'Listen to people who know {T} well, and you may hear words like {list}.',
    'With {T} come special terms, and here are some: {list}.',
    'To follow the experts on {T}, you need words like {list}.',
    'The technical terms begin with {list}.',
    'There is a small glossary to {w}: {list}.',
  ],
  tutorial: ['Time for the vocabulary: {list}.'],
  story: ['In the margin stand words that belong to this world alone: {list}.'],
};

/** Words whose definitions lean on the topic. */
export const NEIGHBOURS: Stock = {
  any: [
    'Other entries lean on {W}, such as {list}.',
    'Some words cannot be explained without {w}: {list}.',
    'Follow the traces of {w} through the dictionary, and you come across {things}.',
    '{W^} turns up in other definitions, too: {list}.',
    'On the map of words, the neighbors of {w} are {list}.',
    'Look around {w}, and you notice {things}.',
    '{W^} keeps interesting company: {things}.',
    'Where else do we meet {w}? In the entries for {list}.',
    'A word shows its importance in others that need it, and for {w} these are {list}.',
    'Search every page for {w}, and among the finds are {things}.',
    'Close to {w}, in meaning if not in the alphabet, stand {things}.',
    'The reach of {w} extends to words like {list}.',
  ],
  tutorial: [
    'Connect {w} to nearby words: {list}.',
    'Build the net around {w} wider now, with {things}.',
  ],
  news: [
    'Related entries mention {w}, among them {things}.',
    'In the context of {w}, we also find {things}.',
  ],
  story: [
    'The trail of {w} leads on to other pages: {list}.',
    'Turn the page, and new names wait around {w}: {list}.',
  ],
  promo: ['And there is more around {w}: {things}.', 'Look what comes with {w}: {things}.'],
};

/** Others of the same kind: {h} the common heading. */
export const SIBLINGS: Stock = {
  any: [
    'Under the same heading, {h}, you also find {things}.',
    'And {w} has siblings: {things} belong under {h} as well.',
    'Side by side with {w}, under {h}, stand {things}.',
    'Compare {w} with the nearest relatives: {things}.',
    'Do not mix {w} up with others filed under {h}: {things}.',
    'The closest relatives of {w}, all of them under {h}, include {things}.',
    'On the same branch as {w} grow {things}.',
    'What else counts as {h}? For example, {things}.',
    '{W^} shares a heading with {things}.',
    'To see what {A} {isA}, it helps to compare {things}.',
  ],
};

/** Words from the topic's own definition. */
export const WORDING: Stock = {
  any: [
    'Every definition leans on other words, and in this case they are {list}.',
    'Read the definition of {w} again, slowly, and mark {list}.',
    'The definition of {w} deserves a footnote, on {list}.',
    'To understand what {w} means, it helps to know {list}.',
    'Unpack the definition of {w}, and out come {things}.',
    'A moment with the wording pays off; look at {list}.',
    'The small print under {w} speaks of {things}.',
    'Behind the definition stand further ideas: {list}.',
    'Nothing explains itself, so look up the words that explain {w}: {list}.',
  ],
};

/** Examples of use, quoted. {quote} comes without quotation marks. */
export const QUOTES: Stock = {
  any: [
    'In the dictionary’s own example: “{quote}.”',
    'And how does {w} sound in a sentence? “{quote}.”',
    'Here is the word at work: “{quote}.”',
    'A sentence from the dictionary: “{quote}.”',
    'Used in a sentence, {w} reads like this: “{quote}.”',
    'The dictionary gives an example, and it goes: “{quote}.”',
    'Listen to the word in use: “{quote}.”',
    'One example is worth quoting: “{quote}.”',
    'Somebody might say: “{quote}.”',
    'Put into a sentence: “{quote}.”',
    'An everyday sentence with {w} in it: “{quote}.”',
    'Hear how the word falls into place: “{quote}.”',
  ],
};

import { testLanguages } from './languages.js';

/** One whose words are turned into others before they are spoken. */
testLanguages(['zh']);

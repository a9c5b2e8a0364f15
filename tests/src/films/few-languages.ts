import { testLanguages } from './languages.js';

/** Those whose words are turned into others before they are spoken. */
testLanguages(['zh', 'he']);

export * from './prompts.js';
export { filled, placeholdersIn, templateProblems } from './template.js';

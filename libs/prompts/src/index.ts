export * from './prompts.js';
export { filled, templateProblems } from './template.js';

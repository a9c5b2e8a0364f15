export * from './create-record-activities.js';
export * from './archiver/start-archiver.js';
export { keepHouse } from './archiver/keep-house.js';

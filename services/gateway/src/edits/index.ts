export { applyEdits } from './apply-edits.js';
export type { EditRequest, Operation } from './edit-request.js';
export { editableFilm, type EditableFilm } from './film.js';
export { predictUnits } from './predict-units.js';

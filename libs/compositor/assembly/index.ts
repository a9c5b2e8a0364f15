export { columns, pad, resample } from './resample';
export { copyRows, dissolve, mix, mixColumns } from './mix';
export { overlay, shift } from './sprite';
export { fromRgb, fromRgba } from './colour';
export { lightTables, mixLight } from './light';
export { measure } from './measure';

/** Where memory is free from. */
export function heapBase(): usize {
  return __heap_base;
}

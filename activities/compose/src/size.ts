/** Of a frame, a picture or a part of one. */
export interface Size {
  widthPx: number;
  heightPx: number;
}

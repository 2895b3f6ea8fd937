/** Arithmetic of a virtual grid: which rows to draw for a scroll position, and where. Pure, for tests. */

/** Browsers stop at about 17 million pixels of element height; beyond this the scroll bar is scaled. */
export const MAX_HEIGHT = 12_000_000;

export interface Metrics {
  width: number;
  minCell: number;
  gap: number;
  ratio: number;
  text: number;
}

export interface Cells {
  columns: number;
  cell: number;
  art: number;
  row: number;
}

/** Columns and sizes for a width: every cell is alike, so nothing shifts when pictures arrive. */
export function cells({ width, minCell, gap, ratio, text }: Metrics): Cells {
  const columns = Math.max(1, Math.floor((width + gap) / (minCell + gap)));
  const cell = Math.floor((width - gap * (columns - 1)) / columns);
  const art = Math.round(cell * ratio);
  return { columns, cell, art, row: art + text + gap };
}

export interface Stretch {
  height: number;
  from: number;
  to: number;
  offset: number;
}

/** The items to draw and the y of the first of their rows, for `scroll` pixels above the viewport's top. */
export function stretch(count: number, grid: Cells, scroll: number, viewport: number, overscan = 2): Stretch {
  const rows = Math.ceil(count / grid.columns);
  const virtual = rows * grid.row;
  const height = Math.min(virtual, MAX_HEIGHT);
  const visible = Math.max(1, height - viewport);
  const scale = virtual > height ? (virtual - viewport) / visible : 1;
  const top = Math.max(0, Math.min(scroll, height)) * scale;
  const first = Math.max(0, Math.floor(top / grid.row) - overscan);
  const last = Math.min(rows, Math.ceil((top + viewport) / grid.row) + overscan);
  const offset = scale === 1 ? first * grid.row : scroll + (first * grid.row - top);
  return { height, from: first * grid.columns, to: Math.min(count, last * grid.columns), offset };
}

/** The scroll position that brings item `index` to the top. */
export function scrollTo(index: number, count: number, grid: Cells, viewport: number): number {
  const rows = Math.ceil(count / grid.columns);
  const virtual = rows * grid.row;
  const y = Math.floor(index / grid.columns) * grid.row;
  if (virtual <= MAX_HEIGHT) return y;
  return (y / (virtual - viewport)) * (MAX_HEIGHT - viewport);
}

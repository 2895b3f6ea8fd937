/** Which comic pages stand side by side. Pure, for tests. */

export interface ComicPage {
  n: number;
  width: number;
  height: number;
  double?: boolean;
}

const isWide = (page: ComicPage) =>
  page.double === true || (page.width > 0 && page.width > page.height * 1.05);

/** Pages in reading order, alone or in pairs: the cover and drawn double pages stand alone. */
export function spreads(pages: ComicPage[], pairs: boolean): ComicPage[][] {
  if (!pairs) return pages.map((page) => [page]);
  const found: ComicPage[][] = [];
  for (let i = 0; i < pages.length; i += 1) {
    const [page, next] = [pages[i], pages[i + 1]];
    if (i === 0 || isWide(page) || !next || isWide(next)) found.push([page]);
    else {
      found.push([page, next]);
      i += 1;
    }
  }
  return found;
}

/** The index of the spread that holds page `n`. */
export const spreadOf = (all: ComicPage[][], n: number) =>
  Math.max(
    0,
    all.findIndex((spread) => spread.some((page) => page.n === n)),
  );

const WIDTHS = [640, 960, 1280, 1600, 2400];

/** The width to ask a page in, from a few sizes so that the server's cache is shared. */
export function pageWidth(cssWidth: number, density: number): number {
  const wanted = cssWidth * density;
  return WIDTHS.find((width) => width >= wanted) ?? WIDTHS[WIDTHS.length - 1];
}

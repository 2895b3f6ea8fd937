/** A thin hold on foliate-js: opens reflowable books of any format it reads, with scripts taken out. */
import { sanitise } from './sanitise';

export interface TocEntry {
  label: string;
  href: string;
  subitems?: TocEntry[];
}

export interface FoliateBook {
  toc?: TocEntry[];
  dir?: string;
  metadata?: { title?: unknown };
  loadText?: (name: string) => Promise<string | null>;
  transformTarget?: EventTarget;
}

export interface Relocation {
  fraction: number;
  cfi: string;
  tocItem?: { label: string; href: string } | null;
}

export interface FoliateView extends HTMLElement {
  book: FoliateBook;
  renderer: HTMLElement & { setStyles?: (css: string) => void };
  open(book: FoliateBook): Promise<void>;
  init(options: { lastLocation?: string; showTextStart?: boolean }): Promise<void>;
  goTo(target: string): Promise<void>;
  goToFraction(fraction: number): Promise<void>;
  goLeft(): Promise<void>;
  goRight(): Promise<void>;
  prev(): Promise<void>;
  next(): Promise<void>;
  close(): void;
}

const CHAPTERS = new Set(['application/xhtml+xml', 'text/html', 'image/svg+xml']);

/** The texts of the sheets that a chapter links, in the order of its links; null for what is not a sheet. */
async function sheetsOf(
  book: FoliateBook,
  name: string,
  css: Map<string, string>,
): Promise<(string | null)[]> {
  const original = await book.loadText?.(name);
  if (!original) return [];
  const root = new DOMParser().parseFromString(original, 'text/html');
  return [...root.querySelectorAll('link[href]')].map((link) => {
    const path = new URL(link.getAttribute('href') ?? '', `http://book/${encodeURI(name)}`).pathname;
    return css.get(decodeURIComponent(path.slice(1))) ?? null;
  });
}

function guard(book: FoliateBook): void {
  const css = new Map<string, string>();
  book.transformTarget?.addEventListener('data', (event) => {
    const detail = (event as CustomEvent<{ data: unknown; type: string; name: string }>).detail;
    const { type, name } = detail;
    if (type === 'text/css')
      detail.data = Promise.resolve(detail.data).then((text) => {
        css.set(name, text as string);
        return text;
      });
    else if (CHAPTERS.has(type))
      detail.data = Promise.resolve(detail.data).then(async (text) =>
        sanitise(text as string, type, await sheetsOf(book, name, css)),
      );
  });
}

export async function openBook(address: string, name: string, host: HTMLElement): Promise<FoliateView> {
  const [{ makeBook }, answer] = await Promise.all([
    import('foliate-js/view.js'),
    fetch(address, { credentials: 'same-origin' }),
  ]);
  if (!answer.ok) throw new Error('The book could not be loaded.');
  const book = await makeBook(new File([await answer.blob()], name));
  const view = document.createElement('foliate-view') as FoliateView;
  host.append(view);
  await view.open(book);
  // After `open`, so that style sheets arrive here as foliate-js has mended them for columns.
  guard(book);
  return view;
}

export interface Look {
  size: number;
  spacing: number;
  theme: 'page' | 'paper' | 'sepia' | 'night';
  serif: boolean;
  scroll: boolean;
}

export const PAPERS: Record<
  Exclude<Look['theme'], 'page'>,
  { ground: string; text: string; link: string }
> = {
  paper: { ground: '#fdfcfa', text: '#1d1c1a', link: '#8a3f0a' },
  sepia: { ground: '#f4ead6', text: '#46382a', link: '#8a4b14' },
  night: { ground: '#14151a', text: '#cfccc5', link: '#f0a35e' },
};

export function bookCss(look: Look, dark: boolean): string {
  const paper = PAPERS[look.theme === 'page' ? (dark ? 'night' : 'paper') : look.theme];
  const font = look.serif ? "Georgia, 'Noto Serif', serif" : "system-ui, 'Noto Sans', sans-serif";
  return `
    html { font-size: ${look.size}% !important; color: ${paper.text}; --theme-bg-color: ${paper.ground}; color-scheme: light; }
    body { background: none !important; font-family: ${font}; line-height: ${look.spacing}; }
    p, li, blockquote, dd { line-height: ${look.spacing}; hyphens: auto; }
    body :not(img, svg, svg *, picture, video) { color: inherit !important; background-color: transparent !important; }
    a:any-link { color: ${paper.link} !important; }
    img, svg { max-width: 100%; }
    pre { white-space: pre-wrap !important; }`;
}

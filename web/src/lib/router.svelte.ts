/** The address bar as state. Routes live below /app/; back returns to the same filters and the same scroll. */

export const BASE = '/app';

interface Place {
  path: string;
  query: URLSearchParams;
  key: string;
}

const scrolls = new Map<string, number>();

function here(): Place {
  const path = location.pathname.startsWith(BASE) ? location.pathname.slice(BASE.length) : '/';
  const key = (history.state as { key?: string } | null)?.key ?? 'first';
  return { path: path || '/', query: new URLSearchParams(location.search), key };
}

class Router {
  place = $state.raw<Place>(here());
  #returning = false;

  start(): void {
    history.scrollRestoration = 'manual';
    addEventListener('popstate', () => {
      this.#returning = true;
      this.place = here();
      this.#restore();
    });
    addEventListener('scroll', () => this.#remember(), { passive: true });
    document.addEventListener('click', (event) => this.#click(event));
  }

  #asked = false;
  /** Asking for the position at once would make the browser lay out in the middle of every scroll event. */
  #remember(): void {
    if (this.#asked) return;
    this.#asked = true;
    const key = this.place.key;
    requestAnimationFrame(() => {
      this.#asked = false;
      if (this.place.key === key) scrolls.set(key, scrollY);
    });
  }

  get path(): string {
    return this.place.path;
  }

  get query(): URLSearchParams {
    return this.place.query;
  }

  /** Goes to a path below /app; `replace` for changes that back should not undo (typing, filters). */
  go(to: string, options: { replace?: boolean; keepScroll?: boolean } = {}): void {
    const key = options.replace ? this.place.key : Math.random().toString(36).slice(2);
    history[options.replace ? 'replaceState' : 'pushState']({ key, inside: true }, '', BASE + to);
    this.#returning = false;
    this.place = here();
    if (!options.replace && !options.keepScroll) scrollTo(0, 0);
  }

  /** Changes some of the query and leaves the rest; null removes. */
  refine(changes: Record<string, string | null>, push = false): void {
    const query = new URLSearchParams(this.query);
    for (const [key, value] of Object.entries(changes))
      if (value === null || value === '') query.delete(key);
      else query.set(key, value);
    const text = query.toString();
    this.go(this.path + (text ? `?${text}` : ''), { replace: !push });
  }

  /** Back, or to `fallback` when this page was the first one opened. */
  back(fallback = '/'): void {
    if ((history.state as { inside?: boolean } | null)?.inside) history.back();
    else this.go(fallback, { replace: true });
  }

  /** The page may still be loading: try until it is tall enough, for a second at most. */
  #restore(): void {
    const target = scrolls.get(this.place.key) ?? 0;
    const key = this.place.key;
    const until = performance.now() + 1000;
    const attempt = () => {
      if (!this.#returning || this.place.key !== key) return;
      scrollTo(0, target);
      if (Math.abs(scrollY - target) > 2 && performance.now() < until) requestAnimationFrame(attempt);
    };
    requestAnimationFrame(attempt);
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href]') as HTMLAnchorElement | null;
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(BASE) || link.hash) return;
    event.preventDefault();
    const to = link.pathname.slice(BASE.length) + link.search;
    this.go(to || '/', { replace: link.dataset.replace !== undefined });
  }
}

export const router = new Router();

/** Matches `/item/:id` against a path: the named parts, or null. A last `?` makes a part optional. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (given.length > wanted.length) return null;
  const found: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i];
    if (part.startsWith(':')) {
      const optional = part.endsWith('?');
      if (value === undefined && !optional) return null;
      if (value !== undefined) found[part.slice(1, optional ? -1 : undefined)] = decodeURIComponent(value);
    } else if (part !== value) return null;
  }
  return found;
}

export const href = (to: string) => BASE + to;

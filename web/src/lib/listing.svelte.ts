/**
 * A long list whose server pages by keyset: any stretch can be asked for, and what is needed is fetched in order.
 *
 * A keyset page has no number, so a jump into the middle would have to read everything before it. Where the server
 * tells how many items lie before each letter or year, the list is cut there into sections, each with cursors of its
 * own: a jump then reads at most one section from its start.
 */
import { api, type Query } from '~/api/client';
import type { ItemCard, ListCount, Page } from '~/api/types';

export interface Section {
  start: number;
  count: number;
  filter: Query;
}

/** Pages are small where the reader looks and large where we only pass through. */
const NEAR = 100;
const FAR = 500;

/** Cuts `total` items at the letters' `before` marks; one section when the marks make no sense. */
export function sections(total: number, letters: ListCount['letters'], descending: boolean): Section[] {
  const whole = [{ start: 0, count: total, filter: {} }];
  if (!letters || letters.length < 2 || total <= FAR) return whole;
  const marks = [...letters].sort((a, b) => a.before - b.before);
  if (marks[0].before !== 0 || marks[marks.length - 1].before > total) return whole;
  const cut = marks.map((mark, i) => ({
    start: mark.before,
    count: (marks[i + 1]?.before ?? total) - mark.before,
    filter: { letter: mark.letter } as Query,
  }));
  // The marks are counted in ascending order, whichever way the list runs.
  if (!descending) return cut;
  let start = 0;
  return cut.reverse().map((section) => {
    const moved = { ...section, start };
    start += section.count;
    return moved;
  });
}

interface Reach {
  loaded: number;
  cursor: string | null;
  ended: boolean;
}

export class Listing {
  total = $state(0);
  known = $state(false);
  error = $state('');
  letters = $state.raw<ListCount['letters']>();
  /** Grows with every page so that views look again; the items themselves stay out of the reactive graph. */
  version = $state(0);
  readonly query: Query;
  readonly #path: string;
  #items: (ItemCard | undefined)[] = [];
  #sections: Section[] = [];
  #reach: Reach[] = [];
  #wanted: [number, number] = [0, 0];
  #busy = false;
  #generation = 0;

  constructor(query: Query, path = '/items') {
    this.query = query;
    this.#path = path;
  }

  async open(): Promise<void> {
    const generation = ++this.#generation;
    const first = this.#page({ start: 0, count: 0, filter: {} }, null, NEAR);
    try {
      const [count, page] = await Promise.all([this.#count(), first]);
      if (generation !== this.#generation) return;
      this.#apply(count, page);
    } catch (error) {
      if (generation === this.#generation) this.error = (error as Error).message;
    }
  }

  #count(): Promise<ListCount> {
    // Counting letters costs the server a walk over the list; only titles have any.
    const letters = !this.query.parent && (!this.query.sort || this.query.sort === 'title');
    return api.get<ListCount>(`${this.#path}/count`, { ...this.query, letters }).catch(() => ({ count: -1 }));
  }

  #apply(count: ListCount, page: Page<ItemCard>): void {
    const least = page.items.length + (page.next ? 1 : 0);
    const total = count.count < 0 ? least : page.next ? Math.max(count.count, least) : page.items.length;
    const byTitle = !this.query.sort || this.query.sort === 'title';
    this.#sections = sections(total, byTitle ? count.letters : undefined, this.query.order === 'desc');
    this.#reach = this.#sections.map(() => ({ loaded: 0, cursor: null, ended: false }));
    this.#items = page.items.slice();
    if (this.#sections.length === 1)
      this.#reach[0] = { loaded: page.items.length, cursor: page.next, ended: !page.next };
    this.letters = count.letters;
    this.total = total;
    this.known = true;
    this.error = '';
    this.version += 1;
    void this.#fill();
  }

  /** Where the items of a letter begin, or −1 when the list is not in the order of letters. */
  startOf(letter: string): number {
    if (this.query.sort && this.query.sort !== 'title') return -1;
    const section = this.#sections.find((s) => s.filter.letter === letter);
    if (section) return section.start;
    if (this.query.order === 'desc') return -1;
    return this.letters?.find((mark) => mark.letter === letter)?.before ?? -1;
  }

  /** The item at `index`, or undefined while it is on its way. */
  at(index: number): ItemCard | undefined {
    return this.#items[index];
  }

  /** Everything loaded without a gap from the start: what "play all" can take. */
  get head(): ItemCard[] {
    const gap = this.#items.findIndex((item) => item === undefined);
    return (gap < 0 ? this.#items : this.#items.slice(0, gap)) as ItemCard[];
  }

  /** Says which stretch is looked at; what is missing of it is fetched, the latest wish first. */
  want(from: number, to: number): void {
    this.#wanted = [Math.max(0, from), Math.min(to, this.total)];
    void this.#fill();
  }

  patch(id: string, change: (item: ItemCard) => ItemCard): void {
    const index = this.#items.findIndex((item) => item?.id === id);
    if (index < 0) return;
    this.#items[index] = change(this.#items[index] as ItemCard);
    this.version += 1;
  }

  #missing(): number {
    for (let i = this.#wanted[0]; i < this.#wanted[1]; i += 1) if (!this.#items[i]) return i;
    return -1;
  }

  async #fill(): Promise<void> {
    if (this.#busy || !this.known) return;
    this.#busy = true;
    const generation = this.#generation;
    try {
      for (let index = this.#missing(); index >= 0; index = this.#missing()) {
        const more = await this.#step(index);
        if (generation !== this.#generation || !more) break;
      }
    } catch (error) {
      this.error = (error as Error).message;
    } finally {
      this.#busy = false;
    }
  }

  /** Loads one page towards `index`; false when the list turned out to be shorter. */
  async #step(index: number): Promise<boolean> {
    const which = this.#sections.findIndex((s) => index >= s.start && index < s.start + s.count);
    const section = this.#sections[which];
    const reach = this.#reach[which];
    if (!section || reach.ended) return this.#shorten(section, reach);
    const distance = index - section.start - reach.loaded;
    const page = await this.#page(section, reach.cursor, distance > NEAR ? FAR : NEAR);
    page.items.forEach((item, i) => (this.#items[section.start + reach.loaded + i] = item));
    reach.loaded += page.items.length;
    reach.cursor = page.next;
    reach.ended = !page.next || page.items.length === 0;
    if (this.#sections.length === 1)
      this.total = reach.ended ? reach.loaded : Math.max(this.total, reach.loaded + 1);
    this.version += 1;
    return true;
  }

  #shorten(section: Section | undefined, reach: Reach | undefined): boolean {
    if (this.#sections.length === 1 && reach) this.total = reach.loaded;
    else if (section) this.#wanted = [0, 0];
    return false;
  }

  #page(section: Section, cursor: string | null, limit: number): Promise<Page<ItemCard>> {
    return api.get<Page<ItemCard>>(this.#path, { ...this.query, ...section.filter, cursor, limit });
  }
}

const open = new Map<string, Listing>();

/** The listing for a query; one that was open a moment ago comes back filled, so that "back" lands where it was. */
export function listing(query: Query, path = '/items', fresh = false): Listing {
  const key = path + JSON.stringify(query);
  let found = fresh ? undefined : open.get(key);
  if (!found) {
    found = new Listing(query, path);
    void found.open();
  }
  open.delete(key);
  open.set(key, found);
  if (open.size > 12) open.delete(open.keys().next().value as string);
  return found;
}

/** Drops what is kept: after a scan, a deletion, another account. */
export function forgetListings(): void {
  open.clear();
}

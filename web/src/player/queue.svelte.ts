/** What is played, and what comes next. */
import type { ItemCard } from '~/api/types';

export type Repeat = 'off' | 'all' | 'one';

export class Queue {
  items = $state.raw<ItemCard[]>([]);
  index = $state(0);
  repeat = $state<Repeat>('off');
  shuffled = $state(false);
  #order: ItemCard[] = [];

  get current(): ItemCard | null {
    return this.items[this.index] ?? null;
  }

  get hasNext(): boolean {
    return this.index + 1 < this.items.length || (this.repeat === 'all' && this.items.length > 1);
  }

  get hasPrevious(): boolean {
    return this.index > 0;
  }

  set(items: ItemCard[], index = 0): void {
    this.items = items;
    this.index = Math.max(0, Math.min(index, items.length - 1));
    this.shuffled = false;
  }

  /** Steps on; false at the end. `own` is the listener's wish, which "repeat one" does not hold back. */
  next(own = true): boolean {
    if (!own && this.repeat === 'one') return this.items.length > 0;
    if (this.index + 1 < this.items.length) this.index += 1;
    else if (this.repeat === 'all' && this.items.length) this.index = 0;
    else return false;
    return true;
  }

  previous(): boolean {
    if (this.index === 0) return false;
    this.index -= 1;
    return true;
  }

  add(items: ItemCard[], afterCurrent = false): void {
    const at = afterCurrent ? this.index + 1 : this.items.length;
    this.items = [...this.items.slice(0, at), ...items, ...this.items.slice(at)];
  }

  remove(index: number): void {
    if (index === this.index) return;
    this.items = this.items.filter((_, i) => i !== index);
    if (index < this.index) this.index -= 1;
  }

  move(from: number, to: number): void {
    const current = this.current;
    const items = [...this.items];
    const [item] = items.splice(from, 1);
    items.splice(to, 0, item);
    this.items = items;
    this.index = Math.max(0, items.indexOf(current as ItemCard));
  }

  shuffle(random: () => number = Math.random): void {
    const current = this.current;
    if (!current) return;
    if (this.shuffled) {
      this.items = this.#order;
      this.index = Math.max(0, this.#order.indexOf(current));
    } else {
      this.#order = this.items;
      const rest = this.items.filter((_, i) => i !== this.index);
      for (let i = rest.length - 1; i > 0; i -= 1) {
        const j = Math.floor(random() * (i + 1));
        [rest[i], rest[j]] = [rest[j], rest[i]];
      }
      this.items = [current, ...rest];
      this.index = 0;
    }
    this.shuffled = !this.shuffled;
  }

  clear(): void {
    this.items = [];
    this.index = 0;
  }
}

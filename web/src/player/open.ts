/** Opens an item with what its kind is opened with: player, reader or viewer. */
import { api } from '~/api/client';
import type { Extra, ItemCard, ItemDetail, Page } from '~/api/types';
import { view } from '~/kinds';
import { router } from '~/lib/router.svelte';
import { attempt, toasts } from '~/lib/toasts.svelte';
import { player } from './player.svelte';

const MOST = 500;

/** Lists what is directly below an item, in its own order. */
export async function children(id: string): Promise<ItemCard[]> {
  const page = await api.get<Page<ItemCard>>('/items', { parent: id, sort: 'number', limit: MOST });
  return page.items;
}

/** All playable items below an item, in order: the tracks of an artist album by album. */
export async function leaves(item: ItemCard): Promise<ItemCard[]> {
  if (item.playable) return [item];
  const found: ItemCard[] = [];
  for (const child of await children(item.id)) {
    if (child.playable) found.push(child);
    else found.push(...(await leaves(child)));
    if (found.length >= MOST) break;
  }
  return found;
}

/** The item with the neighbours that should follow it. */
async function withNeighbours(item: ItemCard): Promise<[ItemCard[], number]> {
  if (!view(item.kind).continues || !item.parent_id) return [[item], 0];
  const all = (await children(item.parent_id)).filter((child) => child.playable && !child.missing);
  const index = all.findIndex((child) => child.id === item.id);
  return index < 0 ? [[item], 0] : [all, index];
}

export interface PlayOptions {
  fromMs?: number;
  edition?: string;
  /** Play this instead of the item itself. */
  extra?: Extra;
  /** Play exactly these, from the item on. */
  queue?: ItemCard[];
  shuffle?: boolean;
}

export async function play(item: ItemCard, options: PlayOptions = {}): Promise<void> {
  await attempt(async () => {
    const opens = view(item.kind).opens;
    // A card of its own, for the queue may come to hold the item itself as well.
    if (options.extra) return listen([{ ...item }], 0, options);
    if (opens === 'reader' || opens === 'viewer') return look(item, opens === 'reader' ? '/read' : '/view');
    if (options.queue) return listen(options.queue, options.queue.indexOf(item), options);
    if (item.playable) return listen(...(await withNeighbours(item)), options);
    const all = (await leaves(item)).filter((leaf) => !leaf.missing);
    if (options.shuffle) return listen(all, Math.floor(Math.random() * all.length), options);
    await listen(all, firstUnfinished(all), options);
  });
}

async function listen(items: ItemCard[], index: number, options: PlayOptions): Promise<void> {
  if (!items.length) {
    toasts.say('There is nothing to play here.');
    return;
  }
  await player.start(items, Math.max(0, index), options);
  if (options.shuffle) player.queue.shuffle();
}

async function look(item: ItemCard, route: string): Promise<void> {
  if (item.playable) return router.go(`${route}/${item.id}`);
  const detail = await api.get<ItemDetail>(`/items/${item.id}`);
  const first = detail.next_up ?? (await leaves(item))[0];
  if (first) router.go(`${route}/${first.id}`);
  else toasts.say('There is nothing to open here.');
}

/** Music begins at the beginning; what is followed (shows, podcasts, courses) where it was left. */
export function firstUnfinished(items: ItemCard[]): number {
  if (items[0]?.kind === 'music') return 0;
  const begun = items.findIndex((item) => item.mine.fraction > 0.005 && !item.mine.finished);
  if (begun >= 0) return begun;
  const fresh = items.findIndex((item) => !item.mine.finished);
  return Math.max(0, fresh);
}

/** Puts an item (or what is below it) into the queue. */
export async function enqueue(item: ItemCard, next = false): Promise<void> {
  await attempt(async () => {
    const all = await leaves(item);
    if (!player.item) await player.start(all, 0);
    else player.queue.add(all, next);
    toasts.say(next ? 'Plays next.' : 'Added to the queue.');
  });
}

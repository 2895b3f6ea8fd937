/** The photo viewer: PhotoSwipe over an album of any length; originals are fetched for what is looked at. */
import PhotoSwipe, { type SlideData } from 'photoswipe';
import { API, api, artworkUrl, fileUrl } from '~/api/client';
import type { ItemCard, ItemDetail, Mine } from '~/api/types';
import { date } from '~/lib/format';
import { Listing } from '~/lib/listing.svelte';
import { BASE } from '~/lib/router.svelte';

interface Sizes {
  width: number;
  height: number;
}

/** A size to draw at before the file's own is known: the artwork's shape, large. */
function guess(item: ItemCard): Sizes {
  const { width = 3, height = 2 } = item.artwork ?? {};
  const scale = 2400 / Math.max(width || 3, height || 2);
  return { width: (width || 3) * scale, height: (height || 2) * scale };
}

function displayUrl(fileId: string): string {
  const wanted = Math.max(innerWidth, innerHeight) * Math.min(devicePixelRatio || 1, 2);
  const width = [1280, 1920, 2560, 3840].find((w) => w >= wanted) ?? 3840;
  return `${fileUrl(fileId, 'picture')}?width=${width}`;
}

class Album {
  readonly details = new Map<string, ItemDetail>();
  readonly list: Listing;
  start = 0;

  constructor(readonly first: ItemDetail) {
    this.list = new Listing({ parent: first.parent_id, sort: 'date' });
    this.details.set(first.id, first);
  }

  /** Loads until the first photo is found; an album-less photo stands alone. */
  async open(): Promise<void> {
    if (!this.first.parent_id) return;
    await this.list.open();
    for (let from = 0; from < this.list.total; from = this.list.head.length) {
      this.start = this.list.head.findIndex((item) => item.id === this.first.id);
      if (this.start >= 0) return;
      const before = this.list.head.length;
      this.list.want(0, before + 100);
      for (let wait = 0; this.list.head.length === before && wait < 100; wait += 1)
        await new Promise((done) => setTimeout(done, 50));
      if (this.list.head.length === before) break;
    }
    this.start = 0;
  }

  get count(): number {
    return Math.max(1, this.list.total);
  }

  at(index: number): ItemCard | undefined {
    return this.first.parent_id && this.list.total ? this.list.at(index) : this.first;
  }

  slide(index: number): SlideData {
    const item = this.at(index);
    if (!item) return { html: '' };
    const file = this.details.get(item.id)?.editions[0]?.files[0];
    const sizes = file?.width && file.height ? { width: file.width, height: file.height } : guess(item);
    const small = item.artwork?.placeholder ? artworkUrl(item.artwork.id, 1280) : undefined;
    return { src: file ? displayUrl(file.id) : small, msrc: small, alt: item.title, ...sizes };
  }
}

export async function openViewer(first: ItemDetail, closed: () => void): Promise<PhotoSwipe> {
  const album = new Album(first);
  await album.open();
  const viewer = new PhotoSwipe({
    index: album.start,
    dataSource: [],
    loop: false,
    showHideAnimationType: 'none',
    bgOpacity: 1,
    wheelToZoom: true,
    arrowPrevTitle: 'Previous',
    arrowNextTitle: 'Next',
    closeTitle: 'Close',
    zoomTitle: 'Zoom',
  });
  viewer.addFilter('numItems', () => album.count);
  viewer.addFilter('itemData', (_, index) => album.slide(index));
  viewer.on('uiRegister', () => register(viewer, album));
  viewer.on('change', () => void settle(viewer, album));
  viewer.on('close', closed);
  viewer.init();
  return viewer;
}

/** The photo in the middle: its address in the bar, its neighbours listed, its original fetched. */
async function settle(viewer: PhotoSwipe, album: Album): Promise<void> {
  const index = viewer.currIndex;
  album.list.want(index - 20, index + 40);
  const item = album.at(index);
  if (!item) {
    setTimeout(() => viewer.currIndex === index && viewer.refreshSlideContent(index), 400);
    return;
  }
  history.replaceState(history.state, '', `${BASE}/view/${item.id}`);
  if (album.details.has(item.id)) return;
  const detail = await api.get<ItemDetail>(`/items/${item.id}`).catch(() => null);
  if (!detail) return;
  album.details.set(item.id, detail);
  if (viewer.currIndex === index) viewer.refreshSlideContent(index);
}

const HEART =
  '<svg aria-hidden="true" class="pswp__icn" viewBox="0 0 32 32" width="32" height="32"><path stroke="#fff" stroke-width="2" d="M16 26s-9.500-5.800-9.500-12.500A5.200 5.200 0 0 1 16 10a5.200 5.200 0 0 1 9.500 3.500C25.500 20.200 16 26 16 26Z"/></svg>';
const INFO =
  '<svg aria-hidden="true" class="pswp__icn" viewBox="0 0 32 32" width="32" height="32"><path d="M15 8h2v3h-2zm0 6h2v10h-2z"/></svg>';

function register(viewer: PhotoSwipe, album: Album): void {
  viewer.ui?.registerElement({
    name: 'favourite',
    title: 'Favourite',
    order: 8,
    isButton: true,
    html: HEART,
    onInit: (element) => viewer.on('change', () => paint(element, album.at(viewer.currIndex)?.mine)),
    onClick: (_, element) => void favourite(album.at(viewer.currIndex), element),
  });
  viewer.ui?.registerElement({
    name: 'details',
    title: 'Details',
    order: 9,
    isButton: true,
    html: INFO,
    onClick: () => {
      const item = album.at(viewer.currIndex);
      if (item) location.assign(`${BASE}/item/${item.id}`);
    },
  });
  viewer.ui?.registerElement({
    name: 'medley-caption',
    order: 9,
    appendTo: 'root',
    onInit: (element) =>
      viewer.on('change', () => {
        const item = album.at(viewer.currIndex);
        element.textContent = item ? [item.title, date(item.date)].filter(Boolean).join(' · ') : '';
      }),
  });
}

function paint(element: HTMLElement, mine: Mine | undefined): void {
  const on = mine?.favourite ?? false;
  element.setAttribute('aria-pressed', String(on));
  element.querySelector('path')?.setAttribute('fill', on ? '#f0a35e' : 'none');
}

async function favourite(item: ItemCard | undefined, element: HTMLElement): Promise<void> {
  if (!item) return;
  const favourite = !item.mine.favourite;
  const mine = await api.put<Mine>(`/items/${item.id}/opinion`, { favourite }).catch(() => null);
  if (!mine) return;
  item.mine = { ...item.mine, ...mine, favourite };
  paint(element, item.mine);
}

/** Where the original of a photo can be saved from. */
export const originalUrl = (fileId: string) => `${API}/files/${fileId}/download`;

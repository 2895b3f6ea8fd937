/** What the page must know about a medium to show and open it. One file per medium lies beside this one. */
import type { IconName } from '~/components/icons';
import type { ItemCard } from '~/api/types';

export type Shape = 'portrait' | 'square' | 'landscape' | 'circle';

/** How the things below an item are shown: cards, numbered rows with pictures, numbered rows, a wall of pictures. */
export type Below = 'grid' | 'episodes' | 'tracks' | 'wall';

export type Opens = 'video' | 'audio' | 'reader' | 'viewer';

export interface KindView {
  name: string;
  icon: IconName;
  opens: Opens;
  /** The word on the main button of a playable item, and when it was begun. */
  verb: string;
  resumeVerb: string;
  /** The word for "finished" of this medium. */
  done: string;
  shape: (level: string) => Shape;
  /** How the children of an item of this level are shown. */
  below: (level: string) => Below;
  /** The line below a card's title. */
  line: (item: ItemCard) => string;
  /** Whether playing one child continues with its neighbours. */
  continues: boolean;
}

export const authors = (item: ItemCard) => item.authors.join(', ');
const year = (item: ItemCard) => (item.year ? String(item.year) : '');

export const plain: KindView = {
  name: '',
  icon: 'folder',
  opens: 'video',
  verb: 'Play',
  resumeVerb: 'Resume',
  done: 'watched',
  shape: () => 'portrait',
  below: () => 'grid',
  line: (item) => authors(item) || item.subtitle || year(item),
  continues: true,
};

export const describe = (view: Partial<KindView> & { name: string }): KindView => ({ ...plain, ...view });

export const SHAPE_RATIO: Record<Shape, number> = { portrait: 1.5, square: 1, landscape: 9 / 16, circle: 1 };

/** The narrowest a card of a shape may be, in CSS pixels: on a desktop and on a phone. */
export const SHAPE_WIDTH: Record<Shape, [number, number]> = {
  portrait: [164, 104],
  square: [176, 150],
  landscape: [264, 160],
  circle: [164, 104],
};

/** The classes of the pictures of people and performers. */
export const isRound = (shape: Shape) => shape === 'circle';

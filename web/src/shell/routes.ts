/** The route table. Pages are loaded when first visited; the shell stays. */
import type { Component } from 'svelte';
import type { Permission } from '~/api/types';
import { match } from '~/lib/router.svelte';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Page = Component<any>;
type Load = () => Promise<{ default: Page }>;

export interface Route {
  pattern: string;
  load: Load;
  /** Readers and viewers take the whole screen. */
  bare?: boolean;
  permission?: Permission;
}

export const ROUTES: Route[] = [
  { pattern: '/', load: () => import('~/pages/Home.svelte') },
  { pattern: '/library/:kind/:level?', load: () => import('~/pages/Library.svelte') },
  { pattern: '/source/:source', load: () => import('~/pages/Library.svelte') },
  { pattern: '/favourites', load: () => import('~/pages/Library.svelte') },
  { pattern: '/item/:id', load: () => import('~/pages/Item.svelte') },
  { pattern: '/search', load: () => import('~/pages/Search.svelte') },
  { pattern: '/person/:id', load: () => import('~/pages/Person.svelte') },
  { pattern: '/words/:what/:kind?', load: () => import('~/pages/Words.svelte') },
  { pattern: '/playlists', load: () => import('~/pages/Lists.svelte') },
  { pattern: '/playlists/:id', load: () => import('~/pages/List.svelte') },
  { pattern: '/collections', load: () => import('~/pages/Lists.svelte') },
  { pattern: '/collections/:id', load: () => import('~/pages/List.svelte') },
  { pattern: '/podcasts', load: () => import('~/pages/Podcasts.svelte') },
  { pattern: '/podcasts/:id', load: () => import('~/pages/Podcast.svelte') },
  { pattern: '/trash', load: () => import('~/pages/Trash.svelte'), permission: 'media.delete' },
  { pattern: '/settings', load: () => import('~/pages/Settings.svelte') },
  { pattern: '/users', load: () => import('~/pages/Users.svelte'), permission: 'system.configure' },
  { pattern: '/sources', load: () => import('~/pages/Sources.svelte'), permission: 'system.configure' },
  { pattern: '/activity', load: () => import('~/pages/Activity.svelte'), permission: 'system.configure' },
  { pattern: '/read/:id', load: () => import('~/pages/Read.svelte'), bare: true },
  { pattern: '/view/:id', load: () => import('~/pages/View.svelte'), bare: true },
];

export interface Found {
  route: Route;
  params: Record<string, string>;
}

export function find(path: string): Found | null {
  for (const route of ROUTES) {
    const params = match(route.pattern, path);
    if (params) return { route, params };
  }
  return null;
}

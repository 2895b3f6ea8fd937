import type { IconName } from '~/components/icons';
import { session } from '~/api/session.svelte';
import { view } from '~/kinds';

export interface Entry {
  to: string;
  title: string;
  icon: IconName;
}

/** The media that this library holds. */
export function media(): Entry[] {
  const kinds = session.filled.length ? session.filled : [];
  return kinds.map((kind) => ({
    to: `/library/${kind.name}`,
    title: kind.plural,
    icon: view(kind.name).icon,
  }));
}

export const OWN: Entry[] = [
  { to: '/favourites', title: 'Favourites', icon: 'heart' },
  { to: '/playlists', title: 'Playlists', icon: 'list' },
  { to: '/collections', title: 'Collections', icon: 'collection' },
  { to: '/podcasts', title: 'Subscriptions', icon: 'podcast' },
];

/** What this account may manage. */
export function manage(): Entry[] {
  const entries: Entry[] = [];
  if (session.may('system.configure'))
    entries.push(
      { to: '/sources', title: 'Sources', icon: 'folder' },
      { to: '/activity', title: 'Activity', icon: 'activity' },
      { to: '/users', title: 'Users', icon: 'users' },
    );
  if (session.may('media.delete')) entries.push({ to: '/trash', title: 'Trash', icon: 'trash' });
  entries.push({ to: '/settings', title: 'Settings', icon: 'settings' });
  return entries;
}

export const isHere = (path: string, to: string) =>
  to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);

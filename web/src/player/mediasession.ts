/** The system's own media keys, lock screens and headsets. */
import { API } from '~/api/client';
import type { ItemCard } from '~/api/types';
import type { Shape } from '~/kinds/kind';
import { player } from './player.svelte';

export function announce(item: ItemCard, _shape: Shape): void {
  const system = navigator.mediaSession;
  if (!system) return;
  const artwork = item.artwork?.placeholder
    ? [160, 320, 640].map((width) => ({
        src: `${API}/artwork/${item.artwork?.id}?width=${width}`,
        sizes: `${width}x${width}`,
        type: 'image/webp',
      }))
    : [];
  system.metadata = new MediaMetadata({
    title: player.title,
    artist: player.line,
    album: item.parent_title ?? '',
    artwork,
  });
  const on: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => player.toggle()],
    ['pause', () => player.toggle()],
    ['nexttrack', () => void player.next()],
    ['previoustrack', () => void player.previous()],
    ['seekbackward', (details) => player.skip(-(details.seekOffset ?? 10) * 1000)],
    ['seekforward', (details) => player.skip((details.seekOffset ?? 10) * 1000)],
    ['seekto', (details) => player.seek((details.seekTime ?? 0) * 1000)],
    ['stop', () => player.stop()],
  ];
  for (const [action, handler] of on) {
    try {
      system.setActionHandler(action, handler);
    } catch {
      // An older browser does not know this action.
    }
  }
}

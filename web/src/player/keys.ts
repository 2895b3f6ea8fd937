/** The player's keys. They rest while somebody types, and arrows belong to whatever has the focus otherwise. */
import type { player as Player } from './player.svelte';

const STEP = 10_000;

export const KEYS: [string, string][] = [
  ['Space', 'Play or pause'],
  ['← →', 'Back or forward 10 seconds'],
  ['↑ ↓', 'Louder or softer'],
  ['n p', 'Next, previous'],
  ['f', 'Full screen'],
  ['m', 'Mute'],
  ['c', 'Subtitles'],
  ['< >', 'Slower, faster'],
  ['0 – 9', 'Jump to a tenth'],
  ['Esc', 'Make small'],
  ['?', 'These keys'],
];

type Target = typeof Player;

const ANYWHERE: Record<string, (player: Target) => void> = {
  m: (player) => player.setMuted(!player.muted.value),
  n: (player) => void player.next(),
  p: (player) => void player.previous(),
};

const EXPANDED: Record<string, (player: Target) => void> = {
  ArrowLeft: (player) => player.skip(-STEP),
  ArrowRight: (player) => player.skip(STEP),
  ArrowUp: (player) => player.setVolume(player.volume.value + 0.05),
  ArrowDown: (player) => player.setVolume(player.volume.value - 0.05),
  f: () => void fullScreen(),
  c: (player) => cycleSubtitles(player),
  '<': (player) => player.setRate(Math.max(0.5, player.rate - 0.25)),
  '>': (player) => player.setRate(Math.min(3, player.rate + 0.25)),
  k: (player) => player.toggle(),
};

export async function fullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen?.().catch(() => undefined);
}

function cycleSubtitles(player: Target): void {
  const tracks = player.plan?.subtitles ?? [];
  const at = tracks.findIndex((track) => track.id === player.subtitle);
  player.subtitle = tracks[at + 1]?.id ?? null;
}

export function shortcut(event: KeyboardEvent, player: Target): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (target.matches('input:not([type="range"]), textarea, select, [contenteditable]')) return;
  if (target.closest('dialog, .menu')) return;
  const act = ANYWHERE[event.key] ?? (player.expanded ? EXPANDED[event.key] : undefined);
  if (event.key === ' ') {
    if (target.matches('button, a, summary')) return;
    player.toggle();
  } else if (event.key === 'Escape' && player.expanded && !document.fullscreenElement)
    player.expanded = false;
  else if (player.expanded && /^[0-9]$/.test(event.key))
    player.seek((player.duration * Number(event.key)) / 10);
  else if (act && !(target.matches('[role="slider"]') && event.key.startsWith('Arrow'))) act(player);
  else return;
  event.preventDefault();
}

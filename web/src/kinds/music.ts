import { describe } from './kind';

export const music = describe({
  name: 'music',
  icon: 'music',
  opens: 'audio',
  done: 'played',
  shape: (level) => (level === 'artist' ? 'circle' : 'square'),
  below: (level) => (level === 'album' ? 'tracks' : 'grid'),
  line: (item) => {
    if (item.level === 'artist') return '';
    const by = item.subtitle || item.top_title || '';
    return item.level === 'album' ? [by, item.year].filter(Boolean).join(' · ') : by;
  },
});

import { describe } from './kind';

export const show = describe({
  name: 'show',
  icon: 'show',
  shape: (level) => (level === 'episode' ? 'landscape' : 'portrait'),
  below: (level) => (level === 'season' ? 'episodes' : 'grid'),
  line: (item) => {
    if (item.level !== 'episode') return item.subtitle || (item.year ? String(item.year) : '');
    const season = item.group === null ? '' : `S${item.group} `;
    const number = item.number === null ? (item.date ?? '') : `E${item.number}`;
    return [item.top_title, season + number].filter(Boolean).join(' · ');
  },
});

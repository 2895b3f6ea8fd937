import { describe } from './kind';

export const comic = describe({
  name: 'comic',
  icon: 'comic',
  opens: 'reader',
  verb: 'Read',
  resumeVerb: 'Read on',
  done: 'read',
  line: (item) => {
    if (item.level === 'series') return item.subtitle || (item.year ? String(item.year) : '');
    return [item.top_title, item.number === null ? '' : `#${item.number}`].filter(Boolean).join(' ');
  },
});

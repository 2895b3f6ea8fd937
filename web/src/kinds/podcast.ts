import { authors, describe } from './kind';

export const podcast = describe({
  name: 'podcast',
  icon: 'podcast',
  opens: 'audio',
  verb: 'Listen',
  done: 'heard',
  shape: () => 'square',
  below: () => 'episodes',
  line: (item) =>
    item.level === 'episode' ? (item.top_title ?? item.date ?? '') : authors(item) || item.subtitle,
});

import { date } from '~/lib/format';
import { describe } from './kind';

export const video = describe({
  name: 'video',
  icon: 'video',
  shape: () => 'landscape',
  line: (item) =>
    item.level === 'video'
      ? [item.top_title, date(item.date)].filter(Boolean).join(' · ')
      : (item.subtitle ?? ''),
});
